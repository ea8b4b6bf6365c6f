package dev.belay.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Says what the bearer of an issuer's token may do, by the groups that a claim of it names. */
@ApplicationScoped
class OidcGrants implements SecurityIdentityAugmentor {

    private final AccessConfig config;

    OidcGrants(AccessConfig config) {
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Uni.createFrom().item(identity);
        }
        List<String> groups = texts(token.getClaim(config.oidcClaim())).toList();
        List<Grant> grants = config.oidc().values().stream()
                .filter(entry -> groups.contains(entry.group()))
                .map(entry -> new Grant(
                        entry.role(),
                        entry.databases().orElse(Set.of()),
                        entry.environments().orElse(Set.of())))
                .toList();
        return Uni.createFrom()
                .item(QuarkusSecurityIdentity.builder(identity)
                        .addAttribute(TokenMechanism.GRANTS, grants)
                        .build());
    }

    /** A claim is one text or a list of them, as JSON has it. */
    private static Stream<String> texts(@org.jspecify.annotations.Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream().flatMap(OidcGrants::texts);
        }
        if (claim instanceof jakarta.json.JsonString text) {
            return Stream.of(text.getString());
        }
        return claim instanceof String text ? Stream.of(text) : Stream.empty();
    }
}
