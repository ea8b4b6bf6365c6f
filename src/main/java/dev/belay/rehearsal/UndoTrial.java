package dev.belay.rehearsal;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.database.FlywaySession;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.reversal.Reversal;
import dev.belay.reversal.Reverser;
import dev.belay.reversal.Structure;
import dev.belay.run.JobContext;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes undo scripts for the versions that have none, and tries them: on a clone of their own, so that a failed attempt
 * spoils nothing that is needed later. What does not lead back is no failure of the migration; it is not offered.
 */
final class UndoTrial {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
    private static final int SESSIONS = 2;

    private final ManagedDatabase copy;
    private final Scope scope;
    private final JobContext job;
    private final Set<String> histories;

    UndoTrial(ManagedDatabase copy, Scope scope, JobContext job) {
        this.copy = copy;
        this.scope = scope;
        this.job = job;
        this.histories = scope.modules().stream()
                .map(module -> module.schema() + "." + module.history())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What came of it.
     *
     * @param backMillis how long the way back took; 0 when it was not gone to its end
     */
    record Outcome(GeneratedUndos undos, Set<String> deletesFrom, long backMillis) {}

    /** @param after the schema that the scripts lead to */
    Outcome run(Fingerprint golden, Catalog after) throws Exception {
        List<GeneratedUndo> made = new ArrayList<>();
        for (Scope.Part part : scope.parts()) {
            for (Script script : part.module().of(Script.Kind.VERSIONED)) {
                if (part.files().contains(script.file())) {
                    forward(part.module(), script, made);
                }
            }
        }
        List<String> known =
                made.stream().flatMap(undo -> undo.obstacles().stream()).toList();
        GeneratedUndos undos = new GeneratedUndos(job.database(), made, known);
        return known.isEmpty() ? tried(undos, golden, after) : new Outcome(undos, Set.of(), 0);
    }

    private void forward(ProjectModule module, Script script, List<GeneratedUndo> made) throws Exception {
        Scope.Part one = new Scope.Part(module, null, script.version(), List.of(script.file()));
        job.progress(0.7, "making an undo script for " + module.name() + " " + script.version());
        ScriptRunner runner = new ScriptRunner(copy, "belay " + job.jobId(), LOCK_TIMEOUT, job);
        if (module.undoOf(script.migrationVersion()).isPresent()) {
            runner.forward(one);
            return;
        }
        try (Connection session = copy.address().open()) {
            Structure before = Structure.remember(session, histories);
            runner.forward(one);
            made.add(GeneratedUndo.of(module.name(), script, reversal(before, session)));
        }
    }

    private Reversal reversal(Structure before, Connection session) {
        try (Statement statement = session.createStatement()) {
            statement.execute(FlywaySession.sessionSql(copy, LOCK_TIMEOUT));
            return Reverser.reverse(before, session, histories);
        } catch (SQLException e) {
            job.check();
            return new Reversal(List.of(), "the difference could not be read: " + SqlStates.message(e));
        }
    }

    private Outcome tried(GeneratedUndos undos, Fingerprint golden, Catalog after) throws SQLException {
        Rehearser rehearser = new Rehearser(copy, undos.in(scope), job);
        Comparison comparison = new Comparison(scope.modules());
        long back = 0;
        String obstacle;
        try {
            back = rehearser.back();
            List<Difference> left = comparison
                    .of(golden)
                    .differences(comparison.of(Fingerprinter.take(copy.address(), null, SESSIONS, job)));
            obstacle = left.isEmpty() ? "" : "the way back leads elsewhere: " + GoldenCopies.shown(left);
            if (left.isEmpty()) {
                rehearser.forward();
                List<Difference> other = comparison.of(after).differences(comparison.of(rehearser.catalog()));
                obstacle = other.isEmpty() ? "" : "forward again leads elsewhere: " + GoldenCopies.shown(other);
            }
        } catch (ProblemException e) {
            job.check();
            obstacle = "the way back fails: " + e.getMessage();
        }
        List<String> obstacles = obstacle.isEmpty() ? List.of() : List.of(obstacle);
        return new Outcome(
                new GeneratedUndos(undos.database(), undos.undos(), obstacles), rehearser.deletesFrom(), back);
    }
}
