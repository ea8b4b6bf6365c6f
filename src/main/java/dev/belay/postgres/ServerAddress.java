package dev.belay.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL server is and how Belay logs in. Comes from configuration or from a server that Belay itself
 * started, never from a request.
 *
 * @param host a host name or address, never a connection string
 * @param password null where the server needs none
 * @param sslMode one of libpq's words: disable, allow, prefer, require, verify-ca, verify-full
 * @param rootCertificate the CA file for verify-ca and verify-full; null for libpq's default place
 * @param maintenanceDatabase the database from which others are created, renamed and dropped
 */
public record ServerAddress(
        String host,
        int port,
        String user,
        @Nullable String password,
        String sslMode,
        @Nullable Path rootCertificate,
        String maintenanceDatabase) {

    public DatabaseAddress database(String name) {
        return new DatabaseAddress(this, name);
    }

    public DatabaseAddress maintenance() {
        return database(maintenanceDatabase);
    }

    /** Without the password, so that no log line can leak it. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
