package dev.belay.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/**
 * A libpq password file that exists for one call. Arguments and environments can be read in /proc; a file of mode 0600
 * cannot, and libpq takes the password from nothing else that is as private.
 */
final class PasswordFile implements AutoCloseable {

    private static final String PREFIX = "belay-";
    private static final String SUFFIX = ".pgpass";

    private final Path path;

    private PasswordFile(Path path) {
        this.path = path;
    }

    /** Writes the file; empty when the server asks for no password. */
    static PasswordFile write(ServerAddress server) {
        Path directory = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            removeLeftovers(directory);
            Path path = Files.createTempFile(
                    directory,
                    PREFIX + ProcessHandle.current().pid() + "-",
                    SUFFIX,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, content(server));
            return new PasswordFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database is a star: its name may hold a newline, for which the format has no way of writing. */
    static String content(ServerAddress server) {
        if (server.password() == null) {
            return "";
        }
        if (server.password().indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a password with a line break cannot be given to PostgreSQL's programs");
        }
        return escape(server.host()) + ":" + server.port() + ":*:" + escape(server.user()) + ":"
                + escape(server.password()) + "\n";
    }

    private static String escape(String field) {
        return field.replace("\\", "\\\\").replace(":", "\\:");
    }

    /** Removes what a Belay that was killed left here: files named after a process that is gone. */
    private static void removeLeftovers(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (isLeftover(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** In a container each run of Belay has the same process id, so a file older than this process is a leftover too. */
    private static boolean isLeftover(Path file) throws IOException {
        String[] parts = file.getFileName().toString().split("-", -1);
        if (parts.length < 3 || !parts[1].matches("\\d{1,18}")) {
            return false;
        }
        ProcessHandle self = ProcessHandle.current();
        long owner = Long.parseLong(parts[1]);
        if (owner == self.pid()) {
            Instant started = self.info().startInstant().orElse(Instant.EPOCH);
            return Files.getLastModifiedTime(file).toInstant().isBefore(started.minusSeconds(2));
        }
        return ProcessHandle.of(owner).isEmpty();
    }
}
