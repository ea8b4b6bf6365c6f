package dev.belay.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A libpq password file that exists for one call. Arguments and environments can be read in /proc; a file of mode 0600
 * cannot, and libpq takes the password from nothing else that is as private.
 */
public final class PasswordFile implements AutoCloseable {

    private static final String SUFFIX = ".pgpass";

    private final Path path;

    private PasswordFile(Path path) {
        this.path = path;
    }

    /** Writes the file; empty when the server asks for no password. */
    static PasswordFile write(ServerAddress server) {
        try {
            removeLeftovers();
            Path path = Files.createTempFile(
                    TemporaryFiles.directory(),
                    TemporaryFiles.prefix(""),
                    SUFFIX,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(path, content(server));
            return new PasswordFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes those that a killed Belay has left. */
    public static void removeLeftovers() throws IOException {
        for (Path leftover : TemporaryFiles.leftovers("", SUFFIX)) {
            Files.deleteIfExists(leftover);
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
        String password = server.password();
        if (password == null) {
            return "";
        }
        if (password.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a password with a line break cannot be given to PostgreSQL's programs");
        }
        return escape(server.host()) + ":" + server.port() + ":*:" + escape(server.user()) + ":" + escape(password)
                + "\n";
    }

    private static String escape(String field) {
        return field.replace("\\", "\\\\").replace(":", "\\:");
    }
}
