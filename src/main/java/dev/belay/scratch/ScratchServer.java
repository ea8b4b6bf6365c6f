package dev.belay.scratch;

import dev.belay.database.DatabaseConfig;
import dev.belay.database.DatabaseRegistry;
import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.ServerAddress;
import dev.belay.problem.ProblemType;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The server that copies are put up on; the private one starts when it is first needed. */
@ApplicationScoped
public class ScratchServer {

    private final ScratchConfig config;
    private final DatabaseConfig databases;
    private final DatabaseRegistry registry;
    private @Nullable EmbeddedServer own;

    ScratchServer(ScratchConfig config, DatabaseConfig databases, DatabaseRegistry registry) {
        this.config = config;
        this.databases = databases;
        this.registry = registry;
    }

    /** Where it is; starts it when need be. */
    public synchronized ServerAddress address() {
        if (config.server().isPresent()) {
            return registry.server(config.server().get());
        }
        if (own == null || !own.isRunning()) {
            if (own != null) {
                own.close();
            }
            own = EmbeddedServer.start(EmbeddedServer.Options.scratch(
                    databases.dataDirectory().resolve("scratch"), Binaries.findServer(null)));
        }
        return own.address();
    }

    /**
     * Refuses a database whose copy this server could not hold faithfully.
     *
     * @param major the major version of the database's server
     */
    public void requireMajor(int major) throws SQLException {
        try (DatabaseAdmin admin = new DatabaseAdmin(address())) {
            if (admin.serverMajor() != major) {
                throw ProblemType.PREFLIGHT_REFUSED.because("The database is on PostgreSQL " + major
                        + " but the scratch server, on which copies are proven, is " + admin.serverMajor()
                        + "; two versions do not compare. Nothing was changed. Install PostgreSQL " + major
                        + " beside Belay, or name a server of that version in belay.scratch.server.");
            }
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (own != null) {
            own.stop();
        }
    }
}
