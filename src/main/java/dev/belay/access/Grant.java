package dev.belay.access;

import dev.belay.database.Environment;
import dev.belay.database.ManagedDatabase;
import java.util.Set;

/**
 * A role for some databases.
 *
 * @param databases by their names in the configuration; with no environments either, it is for all
 * @param environments for all databases of these
 */
public record Grant(Role role, Set<String> databases, Set<Environment> environments) {

    public Grant {
        databases = Set.copyOf(databases);
        environments = Set.copyOf(environments);
    }

    boolean isForAll() {
        return databases.isEmpty() && environments.isEmpty();
    }

    /** Whether it lets somebody do for a database what a role is needed for. */
    boolean allows(Role needed, ManagedDatabase database) {
        return role.includes(needed)
                && (isForAll() || databases.contains(database.name()) || environments.contains(database.environment()));
    }

    /** Whether it does for at least one database that there may be. */
    boolean allowsSomewhere(Role needed) {
        return role.includes(needed);
    }

    /** Whether it does for what belongs to no database. */
    boolean allowsEverywhere(Role needed) {
        return role.includes(needed) && isForAll();
    }
}
