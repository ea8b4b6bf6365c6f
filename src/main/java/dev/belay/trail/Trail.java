package dev.belay.trail;

import dev.belay.access.Access;
import dev.belay.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import java.util.function.Supplier;
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

    String caller() {
        return said(access::caller, Access.ANONYMOUS);
    }

    String how() {
        return said(access::how, "none");
    }

    /** A name that is none is refused; that this was so is written down all the same. */
    private static String said(Supplier<String> what, String otherwise) {
        try {
            return what.get();
        } catch (ProblemException e) {
            return otherwise;
        }
    }
}
