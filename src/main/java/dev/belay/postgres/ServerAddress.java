package dev.belay.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL server is and how Belay logs in. Comes from configuration or from a server that Belay itself
 * started, never from a request.
 *
 * @param host a host name or address, never a connection string
 * @param secret the password of the user
 * @param maintenanceDatabase the database from which others are created, renamed and dropped
 */
public record ServerAddress(String host, int port, String user, Password secret, Tls tls, String maintenanceDatabase) {

    /** With a password that does not change, and no certificate of Belay's own. */
    public ServerAddress(
            String host,
            int port,
            String user,
            @Nullable String password,
            String sslMode,
            @Nullable Path rootCertificate,
            String maintenanceDatabase) {
        this(
                host,
                port,
                user,
                new Password.Given(password),
                new Tls(sslMode, rootCertificate, null, null),
                maintenanceDatabase);
    }

    public DatabaseAddress database(String name) {
        return new DatabaseAddress(this, name);
    }

    public DatabaseAddress maintenance() {
        return database(maintenanceDatabase);
    }

    /** What it is at this moment; null where the server needs none. */
    public @Nullable String password() {
        return secret.now();
    }

    /** Without the password, so that no log line can leak it. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
