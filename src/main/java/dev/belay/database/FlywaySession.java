package dev.belay.database;

import dev.belay.postgres.Identifiers;
import dev.belay.postgres.TrackedDataSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Flyway set up for one module of one database. The only place that knows how. */
public final class FlywaySession implements AutoCloseable {

    private final TrackedDataSource sessions;
    private final ScriptFolder folder;
    private final FluentConfiguration configuration;

    private FlywaySession(TrackedDataSource sessions, ScriptFolder folder, FluentConfiguration configuration) {
        this.sessions = sessions;
        this.folder = folder;
        this.configuration = configuration;
    }

    /**
     * Sets Flyway up.
     *
     * @param applicationName what the server shows of its sessions
     * @param lockTimeout how long a statement waits for a lock before it gives up, so that no queue forms behind it
     */
    public static FlywaySession open(
            ManagedDatabase database, ProjectModule module, String applicationName, Duration lockTimeout)
            throws IOException {
        TrackedDataSource sessions = new TrackedDataSource(database.address(), applicationName);
        ScriptFolder folder = ScriptFolder.write(module);
        FluentConfiguration configuration = Flyway.configure()
                .dataSource(sessions)
                .initSql(sessionSql(database, lockTimeout))
                .locations(folder.location())
                .defaultSchema(module.schema())
                .table(module.history())
                .placeholderReplacement(!module.placeholders().isEmpty())
                .placeholders(module.placeholders())
                .validateMigrationNaming(true)
                .baselineOnMigrate(module.baseline() != null)
                .cleanDisabled(true)
                // Its own lock by a transaction would make CREATE INDEX CONCURRENTLY wait for it for ever.
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
        if (module.baseline() != null) {
            configuration.baselineVersion(module.baseline());
        }
        return new FlywaySession(sessions, folder, configuration);
    }

    /** What every session that runs scripts begins with. */
    public static String sessionSql(ManagedDatabase database, Duration lockTimeout) {
        return "SET lock_timeout = " + lockTimeout.toMillis() + "; SET ROLE " + Identifiers.quote(database.role());
    }

    /**
     * Flyway as far as a version.
     *
     * @param target null for the newest
     */
    public Flyway flyway(@Nullable MigrationVersion target, boolean inOneTransaction, Callback... callbacks) {
        configuration.target(target == null ? MigrationVersion.LATEST : target);
        return configuration.group(inOneTransaction).callbacks(callbacks).load();
    }

    /** Flyway for questions alone. */
    public Flyway flyway() {
        return flyway(null, false);
    }

    /** Breaks off whatever it is doing. */
    public void abort() {
        sessions.abort();
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
