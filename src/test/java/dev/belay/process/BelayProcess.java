package dev.belay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service, run as a process of its own in a {@link Workplace}. */
final class BelayProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^\\s]+)");
    private static final int SHOWN = 60;

    private static final Path CLASSES = Path.of("target", "belay-classes.jsa").toAbsolutePath();

    /** Starts take a third less when the JVM finds the classes loaded; the first service of a run writes them down. */
    private static boolean classesWritten;

    private final Workplace place;
    private List<String> options;
    private Process process;
    private Api api;

    private BelayProcess(Workplace place, List<String> options) {
        this.place = place;
        this.options = List.copyOf(options);
        this.process = launch();
        this.api = awaitStart();
    }

    static BelayProcess start(Workplace place, String... options) {
        writeClasses();
        return new BelayProcess(place, List.of(options));
    }

    private static synchronized void writeClasses() {
        if (!classesWritten) {
            classesWritten = true;
            // one that an older build left would be refused
            CLASSES.toFile().delete();
            new BelayProcess(Workplace.empty(), List.of("-XX:ArchiveClassesAtExit=" + CLASSES)).close();
        }
    }

    Workplace place() {
        return place;
    }

    Api api() {
        return api;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As the kernel does it when memory runs out: no chance to clean up. */
    void killNine() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM; returns how long the process took to end. */
    Duration terminate() {
        long start = System.nanoTime();
        process.destroy();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the service does not end:\n" + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    void startAgain() {
        if (process.isAlive()) {
            throw new IllegalStateException("it still runs");
        }
        process = launch();
        api = awaitStart();
    }

    void startAgainWith(String... newOptions) {
        options = List.of(newOptions);
        startAgain();
    }

    String logTail() {
        List<String> lines = log();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
    }

    List<String> log() {
        try {
            return Files.readAllLines(place.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the service with the servers it started, and removes its files. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            // Only a service that was started takes the servers down that a killed one has left.
            startAgain();
        }
        terminate();
        place.delete();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + place.temporary()));
        if (Files.exists(CLASSES)) {
            command.add("-XX:SharedArchiveFile=" + CLASSES);
        }
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        try {
            place.writeConfiguration();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(place.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(place.log().toFile());
            builder.environment().put("QUARKUS_HTTP_PORT", "0");
            builder.environment().putAll(place.environment());
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Api awaitStart() {
        try {
            Soon.until(() -> !process.isAlive() || url() != null);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new IllegalStateException("the service does not start:\n" + logTail(), e);
        }
        String url = url();
        if (url == null) {
            throw new IllegalStateException("the service ended instead of starting:\n" + logTail());
        }
        return new Api(URI.create(url));
    }

    private @org.jspecify.annotations.Nullable String url() {
        for (String line : log()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }
}
