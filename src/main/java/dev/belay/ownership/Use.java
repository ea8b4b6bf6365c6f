package dev.belay.ownership;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That one thing cannot be without another.
 *
 * @param by the OID of what makes it so, such as a constraint; that of the user itself when nothing else does
 * @param kind such as foreign key; the user's type when nothing else makes it so
 * @param name of the constraint, trigger or policy; null when nothing of that sort makes it so
 */
record Use(long by, String kind, @Nullable String name, Thing.Key user, Thing.Key used) {

    /** Whether it is this one, renamed, or made anew under its name as when a column gets another type. */
    boolean isStill(Use now) {
        return isLike(now) && (by == now.by || Objects.equals(name, now.name));
    }

    /** Whether it is of the same kind between the same two. */
    boolean isLike(Use other) {
        return kind.equals(other.kind) && user.equals(other.user) && used.equals(other.used);
    }
}
