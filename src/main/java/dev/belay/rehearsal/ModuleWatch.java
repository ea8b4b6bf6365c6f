package dev.belay.rehearsal;

import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleGraph;
import dev.belay.database.Project;
import dev.belay.ownership.Makers;
import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemException;
import dev.belay.run.JobContext;
import dev.belay.scope.AppliedOrder;
import dev.belay.script.ScriptFailure;
import dev.belay.trace.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Finds out which module's scripts make what, and whether belay.yaml says of each module on which others it depends. */
@ApplicationScoped
class ModuleWatch {

    private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);
    private static final int NAMED = 5;

    private final DatabaseRegistry databases;
    private final GoldenCopies golden;

    ModuleWatch(DatabaseRegistry databases, GoldenCopies golden) {
        this.databases = databases;
        this.golden = golden;
    }

    /** The way forward, traced and watched; only traced where there is one module. */
    Trace forward(Rehearser rehearser, ManagedDatabase copy, Manifest manifest, JobContext job) throws Exception {
        ModuleGraph graph = job.evidence(ModuleGraph.class).orElse(new ModuleGraph(List.of()));
        if (graph.modules().size() < 2) {
            return rehearser.forwardTraced(part -> {});
        }
        Makers makers = Makers.watch(copy.address());
        Past past = past(copy);
        Trace trace = rehearser.forwardTraced(part -> makers.after(part.module().name()));
        if (!makers.usesOlder()) {
            return trace.with(List.copyOf(makers.crossings(graph, makers)), List.of());
        }
        return new Watched(trace, makers, graph, past).withPast(empty(manifest, job), job);
    }

    /**
     * What the project was when the rehearsal began.
     *
     * @param why it could not be read; empty when it could
     */
    private record Past(Project project, AppliedOrder order, String why) {}

    private Past past(ManagedDatabase copy) throws SQLException {
        try (Connection session = copy.address().open()) {
            Project project = databases.project(copy);
            return new Past(project, AppliedOrder.read(session, project.modules()), "");
        } catch (ProblemException e) {
            Project none = new Project(copy.project(), List.of());
            return new Past(none, AppliedOrder.NOTHING, String.valueOf(e.getMessage()));
        }
    }

    private ManagedDatabase empty(Manifest manifest, JobContext job) throws SQLException {
        ManagedDatabase empty =
                databases.require(job.database()).copyAt(golden.empty(manifest, "makers", LONGEST_STATEMENT, job));
        letIn(empty);
        return empty;
    }

    /** What was seen on the way forward. */
    private record Watched(Trace trace, Makers makers, ModuleGraph graph, Past past) {

        /** What was there before is told by running the scripts that made it on an empty database. */
        Trace withPast(ManagedDatabase empty, JobContext job) throws SQLException {
            Makers older = Makers.watch(empty.address());
            String why = past.why();
            try {
                new Replay(empty, past.project(), past.order(), job).run(older);
            } catch (Exception e) {
                job.check();
                why = "the scripts that are applied already cannot be run again on an empty database: "
                        + ScriptFailure.describe(e);
            }
            List<String> untold = makers.untold(older);
            return trace.with(
                    List.copyOf(makers.crossings(graph, older)),
                    untold.isEmpty() ? List.of() : List.of(shown(untold, why)));
        }
    }

    /** What the scripts' role may do in the database itself has come from its dump, and here is none. */
    private static void letIn(ManagedDatabase empty) throws SQLException {
        String role = Identifiers.quote(empty.role());
        try (Connection session = empty.address().open();
                Statement statement = session.createStatement()) {
            statement.execute("GRANT CREATE ON DATABASE "
                    + Identifiers.quote(empty.address().name()) + " TO " + role);
            statement.execute("GRANT CREATE, USAGE ON SCHEMA public TO " + role);
        }
    }

    private static String shown(List<String> untold, String why) {
        int more = untold.size() - NAMED;
        return "it cannot be told which module made "
                + String.join(", ", untold.stream().limit(NAMED).toList())
                + (more > 0 ? " and " + more + " more" : "")
                + ", which the scripts use, so nobody has looked whether belay.yaml declares that dependency: "
                + (why.isEmpty() ? "no script of the project makes it" : why);
    }
}
