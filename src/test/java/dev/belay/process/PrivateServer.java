package dev.belay.process;

import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A managed server that a test may stop and start as it likes; its port stays the same. */
final class PrivateServer implements AutoCloseable {

    private final Path directory;
    private final EmbeddedServer server;

    private PrivateServer(Path directory, UnaryOperator<EmbeddedServer.Options> more) {
        this.directory = directory;
        this.server =
                EmbeddedServer.start(more.apply(EmbeddedServer.Options.durable(directory, TestPostgres.binaries())));
    }

    static PrivateServer start() {
        return start(UnaryOperator.identity());
    }

    /** With more settings. */
    static PrivateServer start(UnaryOperator<EmbeddedServer.Options> more) {
        try {
            return new PrivateServer(
                    Files.createTempDirectory("belay-test-private-").toRealPath(), more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServerAddress address() {
        return server.address();
    }

    /** Who is let in how, in the form of pg_hba.conf; from the next connection on. */
    void letIn(String rules) throws IOException {
        Files.writeString(directory.resolve("data").resolve("pg_hba.conf"), rules);
        TestPostgres.execute(address().maintenance(), "SELECT pg_reload_conf()");
    }

    /** A shop in a database of that name. */
    DatabaseAddress shop(String name) {
        TestPostgres.execute(address().maintenance(), "CREATE DATABASE " + name);
        return Shop.createOn(address().database(name));
    }

    /** Breaks everything off, as a crash does. */
    void stopImmediately() {
        control("stop", "-m", "immediate");
    }

    void startAgain() {
        control("start", "-l", directory.resolve("server.log").toString());
    }

    void restartImmediately() {
        stopImmediately();
        startAgain();
    }

    /** As the kernel does it when memory runs out; what the server has left of itself ends a moment later. */
    void killNine() {
        Path data = directory.resolve("data");
        try {
            String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            List<ProcessHandle> all = new ArrayList<>();
            ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(postmaster -> {
                postmaster.children().forEach(all::add);
                all.add(postmaster);
                postmaster.destroyForcibly();
            });
            Soon.until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void control(String verb, String... options) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                TestPostgres.binaries().tool("pg_ctl").toString(),
                verb,
                "-w",
                "-D",
                directory.resolve("data").toString()));
        command.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("pg_ctl.log").toFile())
                    .start();
            int exit = process.onExit().join().exitValue();
            if (exit != 0) {
                throw new IllegalStateException(Files.readString(directory.resolve("pg_ctl.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
        Workplace.delete(directory);
    }
}
