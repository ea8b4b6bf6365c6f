package dev.belay.undo;

import dev.belay.scope.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What is taken back where the versions that were asked for cannot go alone: later versions of modules that depend on them
 * too, first.
 *
 * @param modules those that go along, such as {@code results 3 → nothing}
 * @param alone why what was asked for did not go alone; null before that was tried
 */
record DependentsFirst(
        Scope scope, String modules, @Nullable String alone) {

    DependentsFirst because(String why) {
        return new DependentsFirst(scope, modules, why);
    }

    boolean isTaken() {
        return alone != null;
    }
}
