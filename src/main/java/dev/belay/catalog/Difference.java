package dev.belay.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is not as expected. Holds definitions, counts and hashes, never a row's values.
 *
 * @param type a catalog object's type, or {@code rows}, {@code sequence value}, {@code large objects}, {@code server}
 * @param object the identity of what differs
 * @param expected null when it is {@link Kind#UNEXPECTED}
 * @param actual null when it is {@link Kind#MISSING}
 */
public record Difference(
        String type,
        String object,
        Kind kind,
        @Nullable String expected,
        @Nullable String actual) {

    /** What is wrong with it. */
    @Schema(name = "DifferenceKind")
    public enum Kind {
        MISSING,
        UNEXPECTED,
        CHANGED
    }

    /** One line for a person; of long definitions only the part that differs. */
    public String message() {
        String subject = type + " " + object.replaceAll("\\R", " ");
        return switch (kind) {
            case MISSING -> subject + " is missing";
            case UNEXPECTED -> subject + " was not expected";
            case CHANGED ->
                subject + " differs: "
                        + ChangedPart.describe(Objects.requireNonNull(expected), Objects.requireNonNull(actual));
        };
    }

    static <T> List<Difference> between(
            String type, SortedMap<String, T> expected, SortedMap<String, T> actual, BiPredicate<T, T> same) {
        List<Difference> found = new ArrayList<>();
        TreeSet<String> identities = new TreeSet<>(expected.keySet());
        identities.addAll(actual.keySet());
        for (String identity : identities) {
            T left = expected.get(identity);
            T right = actual.get(identity);
            if (left == null) {
                found.add(new Difference(type, identity, Kind.UNEXPECTED, null, String.valueOf(right)));
            } else if (right == null) {
                found.add(new Difference(type, identity, Kind.MISSING, left.toString(), null));
            } else if (!same.test(left, right)) {
                found.add(new Difference(type, identity, Kind.CHANGED, left.toString(), right.toString()));
            }
        }
        return found;
    }
}
