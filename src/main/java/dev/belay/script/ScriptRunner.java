package dev.belay.script;

import dev.belay.database.FlywaySession;
import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TrackedDataSource;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import dev.belay.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;

/** Runs scripts against one database: forward by Flyway, back by itself, which Flyway's free edition does not do. */
public final class ScriptRunner {

    private static final Pattern NO_TRANSACTION = Pattern.compile("(?m)^\\s*executeInTransaction\\s*[=:]?\\s*false");

    private final ManagedDatabase database;
    private final String applicationName;
    private final Duration lockTimeout;
    private final Monitor monitor;

    /**
     * Sets a runner up.
     *
     * @param applicationName what the server shows of the sessions; a restarted Belay finds leftovers by it
     * @param lockTimeout how long a statement waits for a lock before the script is rolled back
     */
    public ScriptRunner(ManagedDatabase database, String applicationName, Duration lockTimeout, Monitor monitor) {
        this.database = database;
        this.applicationName = applicationName;
        this.lockTimeout = lockTimeout;
        this.monitor = monitor;
    }

    /** Applies what a module has pending, in one transaction where PostgreSQL lets it. */
    public void forward(Scope.Part part, Callback... callbacks) throws Exception {
        try (FlywaySession session = FlywaySession.open(database, part.forFlyway(), applicationName, lockTimeout);
                Monitor.Registration registration = monitor.onStop(session::abort)) {
            Objects.requireNonNull(registration);
            session.flyway(part.target().orElse(null), isTransactional(part), callbacks)
                    .migrate();
        }
    }

    /**
     * Takes one version back with its undo script and records it, in one transaction where PostgreSQL lets it.
     *
     * @param hooks what else is done in the same transaction
     */
    public void back(ProjectModule module, MigrationVersion version, Hooks hooks) throws Exception {
        Script script = module.undoOf(version)
                .orElseThrow(() -> ProblemType.NOT_REVERSIBLE.because("Nobody wrote an undo script for version "
                        + version + " of the module " + module.name() + "."));
        TrackedDataSource sessions = new TrackedDataSource(database.address(), applicationName);
        try (Connection session = sessions.getConnection();
                Monitor.Registration registration = monitor.onStop(sessions::abort)) {
            Objects.requireNonNull(registration);
            List<Statements.Statement> statements =
                    Statements.split(Statements.fill(script.sql(), module.placeholders()));
            session.setAutoCommit(false);
            setLockTimeout(session);
            hooks.first().run(session);
            if (statements.stream().anyMatch(Statements.Statement::needsAutocommit)) {
                // Its statements stand alone, so what comes first is a transaction of its own.
                session.commit();
                session.setAutoCommit(true);
            }
            prepare(session, module);
            long start = System.nanoTime();
            run(session, script, statements);
            new HistoryTable(module)
                    .recordUndone(
                            session,
                            version,
                            Duration.ofNanos(System.nanoTime() - start).toMillis());
            hooks.last().run(session);
            if (!session.getAutoCommit()) {
                session.commit();
            }
        }
    }

    /** Something done in a script's transaction. */
    public interface Hook {
        void run(Connection session) throws SQLException;
    }

    /**
     * What is done around a script.
     *
     * @param first before its first statement, as Belay's own role
     * @param last when all is done but committed, as the scripts' role
     */
    public record Hooks(Hook first, Hook last) {}

    private void setLockTimeout(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = " + lockTimeout.toMillis());
        }
    }

    private void prepare(Connection session, ProjectModule module) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(FlywaySession.sessionSql(database, lockTimeout));
        }
        // As Flyway does: the module's schema first, then whatever the role and the database have set.
        try (PreparedStatement statement = session.prepareStatement("SELECT set_config('search_path',"
                + " quote_ident(?) || coalesce(', ' || nullif(current_setting('search_path'), ''), ''), false)")) {
            statement.setString(1, module.schema());
            statement.execute();
        }
    }

    private void run(Connection session, Script script, List<Statements.Statement> statements) throws SQLException {
        for (Statements.Statement next : statements) {
            monitor.check();
            try (Statement statement = session.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(next.sql());
            } catch (SQLException e) {
                throw new ScriptException(script.file(), next, e);
            }
        }
    }

    /** A failed statement of an undo script. */
    static final class ScriptException extends SQLException {
        ScriptException(String file, Statements.Statement statement, SQLException cause) {
            super(ScriptFailure.describe(file, statement.line(), statement.sql(), cause), cause.getSQLState(), cause);
        }
    }

    public static boolean areTransactional(Scope scope) throws SQLException {
        for (Scope.Part part : scope.parts()) {
            if (!isTransactional(part)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all scripts of a part can run inside one transaction. */
    public static boolean isTransactional(Scope.Part part) throws SQLException {
        Predicate<Script> pending = script -> part.files().contains(script.file());
        for (Script script : part.module().scripts().stream().filter(pending).toList()) {
            String settings = Objects.requireNonNullElse(script.configuration(), "");
            boolean needsAutocommit =
                    Statements.split(script.sql()).stream().anyMatch(Statements.Statement::needsAutocommit);
            if (needsAutocommit || NO_TRANSACTION.matcher(settings).find()) {
                return false;
            }
        }
        return true;
    }
}
