package dev.belay.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows callers by Belay's own tokens. Bearer tokens of another form are left to OIDC. */
@ApplicationScoped
class TokenMechanism implements HttpAuthenticationMechanism {

    private static final String BEARER = "bearer ";

    private final Tokens tokens;

    TokenMechanism(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public int getPriority() {
        // before OIDC, which would ask its issuer about a token that is none of its
        return DEFAULT_PRIORITY + 100;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager others) {
        String token = token(request.request().getHeader(HttpHeaders.AUTHORIZATION));
        return token == null
                ? Uni.createFrom().optional(Optional.empty())
                : Uni.createFrom()
                        .item(() -> tokens.known(token).orElseThrow(AuthenticationFailedException::new))
                        .map(TokenMechanism::identity)
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static @Nullable String token(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        String token = header.substring(BEARER.length()).strip();
        return token.startsWith(TokenText.PREFIX) ? token : null;
    }

    private static SecurityIdentity identity(TokenView token) {
        String how = token.origin() == TokenOrigin.BOOTSTRAP ? "bootstrap " : "token ";
        return new KnownCaller(token.subject(), how + token.id(), token.grants())
                .in(QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(token.subject())))
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"belay\""));
    }
}
