package dev.belay.embedded;

import dev.belay.embedded.EmbeddedServer.Options;
import dev.belay.postgres.Binaries;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small Belay in a JVM of its own, for tests that kill it with signal 9. */
public final class Victim {

    private Victim() {}

    /** Starts a JVM that does {@code work}: {@code scratch} or {@code durable} (a server), or {@code sleep}. */
    public static Process launch(String work, Path directory) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        work,
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolveSibling("victim.log").toFile())
                .start();
    }

    /** Where a victim says that its server runs. */
    public static Path ready(Path directory) {
        return directory.resolveSibling("victim.ready");
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        Binaries binaries = Binaries.findServer(null);
        switch (arguments[0]) {
            case "scratch" -> EmbeddedServer.start(Options.scratch(directory, binaries));
            case "durable" -> EmbeddedServer.start(Options.durable(directory, binaries));
            default -> Subprocess.run(Subprocess.Command.of(Path.of("/usr/bin/sleep"), "300"), Monitor.none());
        }
        Files.createFile(ready(directory));
        Thread.sleep(300_000);
    }
}
