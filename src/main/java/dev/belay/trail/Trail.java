package dev.belay.trail;

import dev.belay.access.Access;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** What the trail is to say of this request beyond what every request shows. */
@RequestScoped
public class Trail {

    private final Access access;
    private @Nullable String digest;

    Trail(Access access) {
        this.access = access;
    }

    /** The digest of the plan that is being approved. */
    public void digest(String of) {
        digest = of;
    }

    @Nullable
    String digest() {
        return digest;
    }

    @Nullable
    String database() {
        return access.database();
    }

    @Nullable
    String caller() {
        return access.caller();
    }
}
