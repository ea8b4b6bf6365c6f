package dev.belay;

import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.Password;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server of the control database when none is configured: Belay's own, with its data in the data directory. */
final class ControlServer implements AutoCloseable {

    private static final String URL = "quarkus.datasource.jdbc.url";
    private static final String DATABASE = "belay";
    private static final String ONLY_REPLICA = "belay";

    private final @Nullable EmbeddedServer server;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private ControlServer(@Nullable EmbeddedServer server) {
        this.server = server;
    }

    static ControlServer startIfNeeded() {
        SmallRyeConfig config = configuration();
        if (config.getOptionalValue(URL, String.class).isPresent()) {
            return new ControlServer(null);
        }
        Path directory = config.getOptionalValue("belay.data-directory", Path.class)
                .orElse(Path.of("data"))
                .resolve("control");
        Path binaries =
                config.getOptionalValue("belay.control.binaries", Path.class).orElse(null);
        EmbeddedServer server =
                EmbeddedServer.start(EmbeddedServer.Options.durable(directory, Binaries.findServer(binaries)));
        try (DatabaseAdmin admin = new DatabaseAdmin(server.address())) {
            if (!admin.exists(DATABASE)) {
                admin.execute("CREATE DATABASE " + DATABASE);
            }
            return new ControlServer(server);
        } catch (SQLException e) {
            server.stop();
            throw ProblemType.SERVER_FAILED.because(
                    "The control database in " + directory + " cannot be used: " + e.getMessage(), e);
        } catch (ProblemException e) {
            server.stop();
            throw e;
        }
    }

    /** Tells Quarkus where the control database is. */
    void announce() {
        if (server != null && server.address().secret() instanceof Password.InFile password) {
            System.setProperty(ControlPassword.FILE, password.file().toString());
        }
        configuration().getOptionalValue(ControlPassword.FILE, Path.class).ifPresent(file -> {
            new Password.InFile(file).now();
            System.setProperty("quarkus.datasource.credentials-provider", ControlPassword.NAME);
        });
        if (server == null) {
            return;
        }
        DatabaseAddress database = server.address().database(DATABASE);
        System.setProperty(URL, database.jdbcUrl());
        System.setProperty("quarkus.datasource.username", server.address().user());
        // Nobody else can use this control database, so a job that was running when the process was killed is known to
        // be
        // dead at the next start: under the same id the queue takes it up at once, without waiting for a time-out.
        System.setProperty("quarkus.quartz.instance-id", ONLY_REPLICA);
        Runtime.getRuntime().addShutdownHook(new Thread(this::awaitStop, "await-control-server"));
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.stop();
            }
        } finally {
            stopped.countDown();
        }
    }

    /** On SIGTERM the process ends when its hooks do; this one waits until the server has been stopped in order. */
    private void awaitStop() {
        try {
            if (!stopped.await(2, TimeUnit.MINUTES)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is configured outside the application, read before Quarkus is there to read it. */
    private static SmallRyeConfig configuration() {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        Path file = Path.of("config", "application.properties");
        if (Files.isReadable(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), 260));
            } catch (IOException e) {
                throw ProblemType.CONFIGURATION_INVALID.because(file.toAbsolutePath() + " cannot be read.", e);
            }
        }
        return builder.build();
    }
}
