package dev.belay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code postmaster.pid}: who serves the data directory (line 1) and on which port (line 4). */
final class PidFile {

    private final Path data;
    private final Path file;

    PidFile(Path data) {
        this.data = data;
        this.file = data.resolve("postmaster.pid");
    }

    Optional<Integer> port() {
        return number(3).map(Long::intValue);
    }

    /** Whether the process is there and is a server in this directory, not a stranger that got its number. */
    boolean isAlive() {
        return process().filter(this::isServer).isPresent();
    }

    /**
     * Removes the file when a stranger has got the process id since, as happens after a reboot: PostgreSQL, which only
     * looks whether the id is taken, would refuse to start. A file with a free id is left for PostgreSQL, which then
     * makes sure that no process of the old server still uses the data.
     */
    void removeIfStale() throws IOException {
        if (process().isPresent() && !isAlive()) {
            Files.deleteIfExists(file);
        }
    }

    Optional<ProcessHandle> process() {
        return number(0).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    private boolean isServer(ProcessHandle process) {
        String command = process.info().command().orElse("");
        if (!command.endsWith("/postgres") && !command.endsWith("/postmaster")) {
            return false;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .equals(data);
        } catch (IOException e) {
            // No /proc, or it vanished this moment; the answer over the connection decides.
            return process.isAlive();
        }
    }

    private Optional<Long> number(int line) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() > line && lines.get(line).strip().matches("\\d{1,10}")
                    ? Optional.of(Long.parseLong(lines.get(line).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
