package dev.belay.limit;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Who sends the current request. To be asked where a thread may wait, because a token may have to be looked up. */
@ApplicationScoped
class Callers {

    private final SecurityIdentity identity;

    Callers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The name of whoever has shown a token that is good; null when nobody has. */
    @Nullable
    String known() {
        try {
            return identity.isAnonymous() ? null : identity.getPrincipal().getName();
        } catch (AuthenticationFailedException | OIDCException e) {
            return null;
        }
    }
}
