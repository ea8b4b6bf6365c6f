package dev.belay.database;

import dev.belay.policy.Policy;
import dev.belay.postgres.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A database that Belay manages.
 *
 * @param name its name in the configuration and the API; its name on the server is the address's
 * @param project its project's name
 * @param role the role that scripts run as
 * @param binaries the folder with the client programs for its server; null for the newest that is installed
 * @param policy what has to hold before it is changed
 * @param application the address below which the application that uses it answers; null when none is configured
 */
public record ManagedDatabase(
        String name,
        DatabaseAddress address,
        String project,
        Environment environment,
        String role,
        @Nullable Path binaries,
        Policy policy,
        @Nullable URI application) {

    /** A copy of this database elsewhere, worked on as the same role. */
    public ManagedDatabase copyAt(DatabaseAddress copy) {
        return new ManagedDatabase(name, copy, project, environment, role, binaries, policy, application);
    }
}
