package dev.belay.draft;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.scope.Scope;
import dev.belay.script.ScriptFailure;
import dev.belay.script.ScriptRunner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** An empty database to which the scripts of modules are applied one after the other. */
public final class Chain {

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final ManagedDatabase database;
    private final JobContext job;

    private Chain(ManagedDatabase database, JobContext job) {
        this.database = database;
        this.job = job;
    }

    /**
     * Begins with an empty database, which must let the scripts' role work in it as the live one does.
     *
     * @param database on the scratch server
     */
    public static Chain in(ManagedDatabase database, JobContext job) throws SQLException {
        try (Connection session = database.address().open()) {
            String role = Identifiers.quote(database.role());
            String sql = "SELECT pg_catalog.has_schema_privilege(?, 'public', 'CREATE'),"
                    + " pg_catalog.has_database_privilege(?, pg_catalog.current_database(), 'CREATE')";
            try (PreparedStatement query = session.prepareStatement(sql);
                    Statement statement = session.createStatement()) {
                query.setString(1, database.role());
                query.setString(2, database.role());
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    if (!row.getBoolean(1)) {
                        statement.execute("GRANT ALL ON SCHEMA public TO " + role);
                    }
                    if (!row.getBoolean(2)) {
                        statement.execute("GRANT CREATE ON DATABASE "
                                + Identifiers.quote(database.address().name()) + " TO " + role);
                    }
                }
            }
        }
        return new Chain(database, job);
    }

    public ManagedDatabase database() {
        return database;
    }

    /**
     * Applies what a module has and the database has not.
     *
     * @throws ProblemException DRAFT_NOT_PROVEN when a script fails
     */
    public void run(ProjectModule module) throws SQLException {
        if (module.scripts().stream().allMatch(script -> script.kind() == Script.Kind.UNDO)) {
            return;
        }
        List<String> files = module.scripts().stream()
                .filter(script -> script.kind() != Script.Kind.UNDO)
                .map(Script::file)
                .toList();
        job.progress(0.5, "running " + module.name() + " on an empty database");
        try {
            new ScriptRunner(database, "belay " + job.jobId(), LOCK_TIMEOUT, job)
                    .forward(new Scope.Part(module, null, null, files));
        } catch (Exception e) {
            job.check();
            throw new ProblemException(
                    ProblemType.DRAFT_NOT_PROVEN,
                    "From an empty database, in the order of the modules, the scripts do not run: in " + module.name()
                            + ", " + ScriptFailure.describe(e) + " The database itself was only read.",
                    e);
        }
    }

    /** A module with some of its scripts. */
    public static ProjectModule with(ProjectModule module, Predicate<Script> which) {
        return with(module, module.scripts().stream().filter(which).toList());
    }

    /** A module with other scripts. */
    public static ProjectModule with(ProjectModule module, List<Script> scripts) {
        return new ProjectModule(
                module.name(),
                module.dependsOn(),
                module.schema(),
                module.history(),
                module.baseline(),
                module.placeholders(),
                scripts);
    }
}
