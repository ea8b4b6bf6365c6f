package dev.belay.stage;

import dev.belay.embedded.EmbeddedServer;
import dev.belay.postgres.Binaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an earlier run left running: one that was told to keep it, or one that was killed. */
public final class Leftovers {

    private final Folders folders;

    public Leftovers(Folders folders) {
        this.folders = folders;
    }

    /** Stops it, the service first; returns whether there was anything. */
    public boolean stop() throws IOException {
        Optional<ProcessHandle> service = service();
        service.ifPresent(Service::stop);
        Files.deleteIfExists(folders.servicePid());
        boolean any = service.isPresent();
        Path control = folders.belay().resolve("control");
        Path scratch = folders.belay().resolve("scratch");
        Binaries binaries = Binaries.findServer(null);
        for (EmbeddedServer.Options options : List.of(
                TargetServer.options(folders),
                EmbeddedServer.Options.durable(control, binaries),
                EmbeddedServer.Options.scratch(scratch, binaries))) {
            if (isServed(options.directory())) {
                any = true;
                EmbeddedServer.start(options).stop();
            }
        }
        return any;
    }

    /** Removes the data of an earlier run, of which nothing may be running any more. */
    public void remove() throws IOException {
        Folders.remove(folders.server());
        Folders.remove(folders.belay());
    }

    /** The process id alone is no proof: it may be another's by now. */
    private Optional<ProcessHandle> service() throws IOException {
        return pid(folders.servicePid())
                .filter(process -> process.info().commandLine().orElse("").contains(Service.JAR));
    }

    private static boolean isServed(Path directory) throws IOException {
        return pid(directory.resolve("data/postmaster.pid"))
                .filter(process -> process.info().command().orElse("").endsWith("/postgres"))
                .isPresent();
    }

    private static Optional<ProcessHandle> pid(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String first = Files.readAllLines(file).stream().findFirst().orElse("").strip();
        return first.matches("\\d{1,10}") ? ProcessHandle.of(Long.parseLong(first)) : Optional.empty();
    }
}
