package dev.belay.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has shown who they are.
 *
 * @param how it was shown: {@code token} or {@code bootstrap} and the token's id, or {@code oidc} and the issuer
 */
record KnownCaller(String name, String how, List<Grant> grants) {

    private static final String ATTRIBUTE = "belay.caller";

    KnownCaller {
        grants = List.copyOf(grants);
    }

    /** Whoever an identity is; null when nobody has put it there, and nothing may be done then. */
    static @Nullable KnownCaller of(SecurityIdentity identity) {
        return identity.isAnonymous() ? null : identity.getAttribute(ATTRIBUTE);
    }

    QuarkusSecurityIdentity.Builder in(QuarkusSecurityIdentity.Builder identity) {
        return identity.addAttribute(ATTRIBUTE, this);
    }

    /** Whether an issuer says who it is, and no token that Belay made. */
    boolean isOfIssuer() {
        return how.startsWith("oidc ");
    }

    /** Whether there is at least one database for which they may. */
    boolean maySomewhere(Role needed) {
        return grants.stream().anyMatch(grant -> grant.allowsSomewhere(needed));
    }

    /** Whether they may for all databases, and for what belongs to none. */
    boolean mayEverywhere(Role needed) {
        return grants.stream().anyMatch(grant -> grant.allowsEverywhere(needed));
    }
}
