package dev.belay.script;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import dev.belay.sql.Source;
import dev.belay.sql.Statements;
import dev.belay.sql.SyntaxCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Has PostgreSQL read a scope's scripts before anything of them runs anywhere. */
public final class ScriptSyntax {

    private static final int SHOWN = 20;

    private ScriptSyntax() {}

    /**
     * Looks at all that a migration may run, forward and back.
     *
     * @throws dev.belay.problem.ProblemException SCRIPT_INVALID with every place that PostgreSQL cannot read
     */
    public static void require(ManagedDatabase database, Scope scope) throws SQLException {
        List<Source> scripts = new ArrayList<>(forward(scope));
        scripts.addAll(back(scope));
        require(database, scripts);
    }

    /** The same for the way back alone. */
    public static void requireBack(ManagedDatabase database, Scope scope) throws SQLException {
        require(database, back(scope));
    }

    /** The scripts that lead forward, as they will be run. */
    public static List<Source> forward(Scope scope) {
        List<Source> sources = new ArrayList<>();
        for (Scope.Part part : scope.parts()) {
            part.module().scripts().stream()
                    .filter(script -> part.files().contains(script.file()))
                    .forEach(script -> sources.add(source(part.module(), script)));
        }
        return sources;
    }

    /** The undo scripts of the versions of a scope, newest first, as they will be run. */
    public static List<Source> back(Scope scope) {
        List<Source> sources = new ArrayList<>();
        for (Scope.Step step : scope.newestFirst()) {
            step.module().undoOf(step.version()).ifPresent(script -> sources.add(source(step.module(), script)));
        }
        return sources;
    }

    private static Source source(ProjectModule module, Script script) {
        return new Source(module.name(), script.file(), Statements.fill(script.sql(), module.placeholders()));
    }

    private static void require(ManagedDatabase database, List<Source> scripts) throws SQLException {
        List<SyntaxCheck.Finding> findings;
        try (Connection session = database.address().open()) {
            findings = SyntaxCheck.check(session, scripts);
        }
        if (!findings.isEmpty()) {
            List<String> shown = findings.stream()
                    .limit(SHOWN)
                    .map(SyntaxCheck.Finding::shown)
                    .toList();
            String more = findings.size() > SHOWN ? "\nand " + (findings.size() - SHOWN) + " more places." : "";
            throw ProblemType.SCRIPT_INVALID.because("PostgreSQL cannot read the scripts:\n" + String.join("\n", shown)
                    + more + "\nNothing was run and nothing was changed. Mend the scripts, then ask again.");
        }
    }
}
