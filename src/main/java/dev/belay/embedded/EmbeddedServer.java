package dev.belay.embedded;

import dev.belay.postgres.Binaries;
import dev.belay.postgres.ServerAddress;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL server that Belay starts itself, on 127.0.0.1 and a free port. It outlives a killed Belay; the next one
 * finds it and goes on with it. One directory serves one Belay at a time.
 */
public final class EmbeddedServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedServer.class);

    private final Options options;
    private final Cluster cluster;
    private final Postmaster postmaster;
    private final DirectoryLock lock;
    private final ServerAddress address;
    private boolean stopped;

    /** What the server is for. */
    public enum Kind {
        /** Keeps its data through every crash, with checksums. */
        DURABLE("belay"),
        /** As fast as can be; after a crash of its own or of the machine it begins empty. */
        SCRATCH("belay_scratch");

        private final String superuser;

        Kind(String superuser) {
            this.superuser = superuser;
        }

        /** Not {@code postgres}: the roles of managed servers, that one among them, are copied beside it. */
        String superuser() {
            return superuser;
        }
    }

    /**
     * How to start a server.
     *
     * @param directory for this server alone; made when absent
     * @param binaries a directory with the server programs, see {@link Binaries#findServer}
     * @param locale of the server's own databases; others may be created with any locale and encoding
     * @param settings server settings added to, or in the place of, those of the kind
     */
    public record Options(Path directory, Binaries binaries, Kind kind, String locale, Map<String, String> settings) {

        public Options {
            settings = Map.copyOf(settings);
        }

        public static Options durable(Path directory, Binaries binaries) {
            return new Options(directory, binaries, Kind.DURABLE, "C.UTF-8", Map.of());
        }

        public static Options scratch(Path directory, Binaries binaries) {
            return new Options(directory, binaries, Kind.SCRATCH, "C.UTF-8", Map.of());
        }

        public Options with(String setting, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(setting, value);
            return new Options(directory, binaries, kind, locale, more);
        }

        private Options in(Path realDirectory) {
            return new Options(realDirectory, binaries, kind, locale, settings);
        }
    }

    private EmbeddedServer(Options options, DirectoryLock lock) throws IOException {
        this.options = options;
        this.lock = lock;
        this.cluster = new Cluster(options, Account.choose(options.directory()));
        this.postmaster = new Postmaster(cluster, options);
        this.address = adoptOrStart();
    }

    /**
     * Starts the server, or takes over the one that is still running in the directory.
     *
     * @throws dev.belay.problem.ProblemException SERVER_FAILED or TOOL_MISSING, saying what to do
     */
    public static EmbeddedServer start(Options options) {
        try {
            Options real = options.in(Directories.createPrivate(options.directory()));
            DirectoryLock lock = DirectoryLock.take(real.directory());
            try {
                return new EmbeddedServer(real, lock);
            } catch (RuntimeException | IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw ProblemType.SERVER_FAILED.because(
                    "The server in " + options.directory() + " could not be started (" + e
                            + "). See to the directory's permissions and space, then start Belay again.",
                    e);
        }
    }

    /** Whether a server runs in a directory, whoever started it. */
    public static boolean isRunningIn(Path directory) {
        try {
            return Files.isDirectory(directory)
                    && new PidFile(directory.toRealPath().resolve("data")).isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where the server listens, and its superuser. */
    public ServerAddress address() {
        return address;
    }

    public int major() {
        return options.binaries().major();
    }

    public boolean isRunning() {
        return postmaster.isAlive();
    }

    /**
     * Stops the server: a durable one waits 15 s for its sessions to end, a scratch one breaks them off. Does nothing
     * the second time.
     *
     * @throws dev.belay.problem.ProblemException SERVER_FAILED when it does not stop
     */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        boolean wasRunning = isRunning();
        boolean down = (options.kind() == Kind.DURABLE && postmaster.stop("smart", 15)) || postmaster.stop("fast", 60);
        if (!down) {
            throw ProblemType.SERVER_FAILED.because("The server in " + options.directory()
                    + " does not stop. Its data is safe; see server.log there for what it is waiting for.");
        }
        if (wasRunning && options.kind() == Kind.SCRATCH) {
            trust();
        }
        stopped = true;
        lock.close();
        LOG.infof("stopped the %s server in %s", options.kind(), options.directory());
    }

    @Override
    public void close() {
        stop();
    }

    private ServerAddress adoptOrStart() throws IOException {
        if (cluster.exists()) {
            Optional<ServerAddress> running = postmaster.adopt();
            if (running.isPresent() && !cluster.configure(running.get().port())) {
                LOG.infof("took over the running %s server in %s", options.kind(), options.directory());
                return running.get();
            }
        }
        makeWay();
        cluster.prepare();
        cluster.markInUse();
        ServerAddress started = postmaster.start();
        LOG.infof("started the %s server in %s on port %d", options.kind(), options.directory(), started.port());
        return started;
    }

    /** A server that does not answer, or runs with other settings, has to go; a durable one only in an orderly way. */
    private void makeWay() {
        boolean down =
                postmaster.stop("fast", 30) || (options.kind() == Kind.SCRATCH && postmaster.stop("immediate", 30));
        if (!down) {
            throw ProblemType.SERVER_FAILED.because("A server that does not answer is running in "
                    + options.directory() + " and does not stop. Its data is untouched; see server.log there, stop it"
                    + " with pg_ctl, then start Belay again.");
        }
    }

    private void trust() {
        try {
            cluster.markStopped();
        } catch (IOException e) {
            LOG.warnf("the scratch server in %s will begin empty after a reboot: %s", options.directory(), e);
        }
    }
}
