package dev.belay.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Says what the bearer of an issuer's token may do, by what its claims say. */
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
        KnownCaller caller = new KnownCaller(token.getName(), "oidc " + token.getIssuer(), grants(token));
        return Uni.createFrom()
                .item(caller.in(QuarkusSecurityIdentity.builder(identity)).build());
    }

    private List<Grant> grants(JsonWebToken token) {
        return config.oidc().values().stream()
                .filter(entry ->
                        entry.issuer().isEmpty() || entry.issuer().get().equals(token.getIssuer()))
                .filter(entry -> claim(token, entry.claim()).anyMatch(entry.value()::equals))
                .map(Grant::of)
                .toList();
    }

    /** The texts of a claim. Its name may itself have slashes; else these lead into objects, as in realm_access/roles. */
    private static Stream<String> claim(JsonWebToken token, String name) {
        Object whole = token.getClaim(name);
        if (whole != null) {
            return texts(whole);
        }
        String[] path = name.split("/", -1);
        Object value = token.getClaim(path[0]);
        for (int i = 1; i < path.length; i++) {
            value = value instanceof JsonObject object ? object.get(path[i]) : null;
        }
        return texts(value);
    }

    /** A claim is one text or a list of them. */
    private static Stream<String> texts(@Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream().flatMap(OidcGrants::texts);
        }
        if (claim instanceof JsonString text) {
            return Stream.of(text.getString());
        }
        return claim instanceof String text ? Stream.of(text) : Stream.empty();
    }
}
