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
import jakarta.enterprise.event.Event;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The server that copies are put up on; the private one starts when it is first needed. */
@ApplicationScoped
public class ScratchServer {

    private final ScratchConfig config;
    private final DatabaseConfig databases;
    private final DatabaseRegistry registry;
    private final Event<InUse> inUse;
    private @Nullable EmbeddedServer own;
    private boolean told;

    ScratchServer(ScratchConfig config, DatabaseConfig databases, DatabaseRegistry registry, Event<InUse> inUse) {
        this.config = config;
        this.databases = databases;
        this.registry = registry;
        this.inUse = inUse;
    }

    /** Fired once a run of the service, when the server is about to be used for the first time. */
    public record InUse() {}

    /** Where it is; starts it when need be. */
    public synchronized ServerAddress address() {
        ServerAddress address = find();
        if (!told) {
            told = true;
            inUse.fire(new InUse());
        }
        return address;
    }

    /** Takes over the private server that a killed Belay has left running, so that it is looked after and stopped. */
    public void adopt() {
        if (config.server().isEmpty() && EmbeddedServer.isRunningIn(directory())) {
            var unused = address();
        }
    }

    private Path directory() {
        return databases.dataDirectory().resolve("scratch");
    }

    private ServerAddress find() {
        if (config.server().isPresent()) {
            return registry.server(config.server().get());
        }
        if (own == null || !own.isRunning()) {
            if (own != null) {
                own.close();
            }
            own = EmbeddedServer.start(EmbeddedServer.Options.scratch(
                    directory(), Binaries.findServer(config.binaries().orElse(null))));
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
                        + " beside Belay and name its programs' folder in belay.scratch.binaries, or name a server of"
                        + " that version in belay.scratch.server.");
            }
        }
    }

    /** Whether it is Belay's own, with its data in Belay's data folder. */
    public boolean isPrivate() {
        return config.server().isEmpty();
    }

    @PreDestroy
    synchronized void stop() {
        if (own != null) {
            own.stop();
        }
    }
}
