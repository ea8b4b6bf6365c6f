package dev.belay.rehearsal;

import dev.belay.audit.Audit;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleGraph;
import dev.belay.database.ProjectModule;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.scope.Scope;
import dev.belay.script.BeforeCommit;
import dev.belay.script.Deletions;
import dev.belay.script.ScriptFailure;
import dev.belay.script.ScriptRunner;
import dev.belay.trace.Trace;
import dev.belay.trace.Tracer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Runs a scope's scripts on a clone that nobody else uses, and notes what they do. */
public final class Rehearser {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final ManagedDatabase copy;
    private final Scope scope;
    private final JobContext job;
    private final ScriptRunner runner;
    private final Set<String> deletesFrom = new TreeSet<>();
    private Scope.@Nullable Part underway;

    public Rehearser(ManagedDatabase copy, Scope scope, JobContext job) {
        this.copy = copy;
        this.scope = scope;
        this.job = job;
        this.runner = new ScriptRunner(copy, "belay " + job.jobId(), LOCK_TIMEOUT, job);
    }

    /** Applies all parts; returns how long it took in milliseconds. */
    public long forward() {
        return timed("forward", () -> {
            for (Scope.Part part : scope.runs()) {
                begin(part);
                runner.forward(part, new BeforeCommit(this::noteDeletions));
            }
        });
    }

    /** Called when a part has been applied. */
    interface AfterPart {
        void run(Scope.Part part) throws SQLException;
    }

    /** Applies all parts and notes what each statement does. */
    Trace forwardTraced(AfterPart after) throws SQLException {
        try (Tracer tracer = new Tracer(copy.address());
                Connection session = copy.address().open()) {
            timed("forward", () -> {
                for (Scope.Part part : scope.runs()) {
                    begin(part);
                    runner.forward(
                            part, new TraceCallback(tracer, part.module()), new BeforeCommit(this::noteDeletions));
                    after.run(part);
                }
            });
            return tracer.trace(session);
        }
    }

    private void begin(Scope.Part part) {
        job.progress(0.3, "rehearsing " + part.shown());
        underway = part;
    }

    /** Called when a version is about to be taken back. */
    private interface BeforeVersion {
        void run(ProjectModule module, MigrationVersion version) throws Exception;
    }

    /**
     * Takes all parts back, newest first, and keeps as a {@link SalvagePlan} what goes away with each version; returns how
     * long it took in milliseconds.
     */
    public long back() throws SQLException {
        SalvageFinder salvage = new SalvageFinder(copy.address());
        long millis = back((module, version) -> salvage.next(module.name() + " " + version));
        job.keep(salvage.finish());
        return millis;
    }

    /** Takes all parts back, telling of each version before. */
    private long back(BeforeVersion before) {
        underway = null;
        return timed("back", () -> {
            for (Scope.Step step : scope.newestFirst()) {
                job.progress(0.6, "rehearsing the way back of " + step.shown());
                before.run(step.module(), step.version());
                runner.back(step.module(), step.version(), new ScriptRunner.Hooks(session -> {}, this::noteDeletions));
            }
        });
    }

    public Catalog catalog() throws SQLException {
        try (Connection session = copy.address().open()) {
            return CatalogReader.read(session);
        }
    }

    /** The tables from which rows were deleted so far. */
    public Set<String> deletesFrom() {
        return deletesFrom;
    }

    private void noteDeletions(Connection session) throws SQLException {
        deletesFrom.addAll(Deletions.inTransaction(session).keySet());
    }

    private interface Work {
        void run() throws Exception;
    }

    private long timed(String direction, Work work) {
        long start = System.nanoTime();
        try {
            work.run();
        } catch (Exception e) {
            job.check();
            throw failed(direction, e);
        }
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private ProblemException failed(String direction, Exception e) {
        String state = SqlStates.find(e).map(SQLException::getSQLState).orElse("");
        boolean syntax = state.equals("42601");
        return new ProblemException(
                syntax ? ProblemType.SCRIPT_INVALID : ProblemType.REHEARSAL_FAILED,
                "On the copy, " + direction + ": " + ScriptFailure.describe(e)
                        + job.evidence(Audit.class)
                                .map(audit -> audit.explains(state))
                                .orElse("")
                        + job.evidence(ModuleGraph.class)
                                .map(graph -> WrongOrder.hint(graph, scope, underway, e))
                                .orElse("")
                        + " This happened on a copy; the database itself was only read. Mend the script, then ask again.",
                e);
    }
}
