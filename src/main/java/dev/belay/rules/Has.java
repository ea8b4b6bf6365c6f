package dev.belay.rules;

import dev.belay.trace.Change;
import java.util.Arrays;
import java.util.function.Predicate;

/** Changes by their traits. */
final class Has {

    private Has() {}

    static Predicate<Change> anyOf(Change.Trait... traits) {
        return change -> Arrays.stream(traits).anyMatch(change.traits()::contains);
    }

    static Predicate<Change> none(Change.Trait... traits) {
        return anyOf(traits).negate();
    }
}
