package dev.belay.rehearsal;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.reversal.Mark;
import dev.belay.scope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The undo scripts that a rehearsal has made for versions that have none.
 *
 * @param database the managed database's name
 * @param undos in the order in which their versions are applied
 * @param obstacles why none of them is offered; empty when they led back to the same schema and the same rows
 */
public record GeneratedUndos(String database, List<GeneratedUndo> undos, List<String> obstacles) {

    public GeneratedUndos {
        undos = List.copyOf(undos);
        obstacles = List.copyOf(obstacles);
    }

    /** Whether they led back to the same schema and the same rows, and the scripts forward again. */
    public boolean areProven() {
        return !undos.isEmpty() && obstacles.isEmpty();
    }

    /** What takes back what a script did; empty when that was not made. */
    public Optional<GeneratedUndo> of(String module, Script script) {
        return undos.stream().filter(undo -> undo.takesBack(module, script)).findFirst();
    }

    /** The scope with these scripts where the project has none. */
    public Scope in(Scope scope) {
        return scope.with(part -> new Scope.Part(in(part.module()), part.from(), part.to(), part.files()));
    }

    /** The module with these scripts where it has none. */
    public ProjectModule in(ProjectModule module) {
        List<Script> missing = module.of(Script.Kind.VERSIONED).stream()
                .filter(script -> module.undoOf(script.migrationVersion()).isEmpty())
                .flatMap(script -> of(module.name(), script).stream())
                .map(GeneratedUndo::asScript)
                .toList();
        List<Script> all = new ArrayList<>(module.scripts());
        all.addAll(missing);
        return module.withScripts(all);
    }

    /** Such as {@code 3 statements, 1 of them lossy}. */
    public String shown() {
        int all = undos.stream().mapToInt(undo -> undo.statements().size()).sum();
        long lossy = undos.stream().mapToLong(undo -> undo.count(Mark.LOSSY)).sum();
        return String.format(Locale.ROOT, "%d statements, %d of them lossy", all, lossy);
    }
}
