package dev.belay.stage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Belay itself: the packaged service in a process of its own, told nothing but by its configuration file. */
public final class Service implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(2);
    public static final String JAR = "quarkus-run.jar";

    private final ProcessHandle process;
    private final Folders folders;
    private final URI base;

    private Service(ProcessHandle process, Folders folders, URI base) {
        this.process = process;
        this.folders = folders;
        this.base = base;
    }

    /**
     * Starts it; {@link #awaitReady} tells when it can be used.
     *
     * @param entries what its configuration says beside its own port and folder
     */
    public static Service start(Folders folders, Map<String, String> entries) throws IOException {
        int port = freePort();
        configure(folders, entries, port);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-jar", jar().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folders.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folders.serviceLog().toFile());
        // The caller's own Belay must not reach into this one: the environment outranks the file.
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("BELAY_"));
        ProcessHandle process = builder.start().toHandle();
        Files.writeString(folders.servicePid(), process.pid() + "\n");
        return new Service(process, folders, URI.create("http://127.0.0.1:" + port));
    }

    public URI base() {
        return base;
    }

    public long pid() {
        return process.pid();
    }

    /** Returns once it is ready, and fails when it ends instead or takes too long. */
    public void awaitReady(Client client) throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady(client)) {
            if (!process.isAlive()) {
                throw new IllegalStateException("the service ended while it started");
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the service was not ready within " + READY_WITHIN.toSeconds() + " s");
            }
            Thread.sleep(100);
        }
    }

    /** Tells it to stop as Kubernetes would, and waits until it has. */
    @Override
    public void close() {
        stop(process);
        folders.servicePid().toFile().delete();
    }

    public static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
        }
    }

    private static boolean isReady(Client client) throws InterruptedException {
        try {
            return client.get("/q/health/ready").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static void configure(Folders folders, Map<String, String> told, int port) throws IOException {
        TreeMap<String, String> entries = new TreeMap<>(told);
        entries.put("quarkus.http.port", String.valueOf(port));
        entries.put("belay.access.required", "false");
        entries.put("belay.data-directory", folders.belay().toString());
        Properties properties = new Properties();
        properties.putAll(entries);
        Files.createDirectories(folders.configuration().getParent());
        try (var writer = Files.newBufferedWriter(folders.configuration())) {
            properties.store(writer, "Written anew by each run of the demo");
        }
    }

    /** Beside the jar from which this class came. */
    private static Path jar() {
        try {
            Path own = Path.of(Service.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own.resolveSibling("..").resolve(JAR).normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
