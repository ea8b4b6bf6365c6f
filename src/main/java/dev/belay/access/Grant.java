package dev.belay.access;

import dev.belay.database.Environment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role for some databases.
 *
 * @param databases by their names in the configuration; {@code *} stands for all, and for what belongs to none
 * @param environments for all databases of these
 */
public record Grant(Role role, Set<String> databases, Set<Environment> environments) {

    /** In place of a database's name: all. */
    static final String ALL = "*";

    public Grant {
        databases = Set.copyOf(databases);
        environments = Set.copyOf(environments);
    }

    static Grant everywhere(Role role) {
        return new Grant(role, Set.of(ALL), Set.of());
    }

    static Grant of(AccessConfig.OidcEntry entry) {
        return new Grant(
                entry.role(),
                entry.databases().orElse(Set.of()),
                entry.environments().orElse(Set.of()));
    }

    /** Why it is for nothing that there is, as in "must …"; null when it is for something. */
    @Nullable
    String fault(Set<String> known) {
        if (databases.isEmpty() && environments.isEmpty()) {
            return "must say for which databases or environments; [\"*\"] stands for all databases";
        }
        return databases.stream()
                .filter(name -> !name.equals(ALL) && !known.contains(name))
                .sorted()
                .findFirst()
                .map(name -> "must name databases that are configured, and " + name + " is not")
                .orElse(null);
    }

    /**
     * Whether it lets somebody do for a database what a role is needed for.
     *
     * @param environment the database's; null when it is not configured, so that only who may all may anything
     */
    boolean allows(Role needed, String database, @Nullable Environment environment) {
        return allowsEverywhere(needed)
                || (environment != null
                        && role.includes(needed)
                        && (databases.contains(database) || environments.contains(environment)));
    }

    /** Whether it does for at least one database that there may be. */
    boolean allowsSomewhere(Role needed) {
        return role.includes(needed);
    }

    /** Whether it does for all databases, and for what belongs to none. */
    boolean allowsEverywhere(Role needed) {
        return role.includes(needed) && databases.contains(ALL);
    }
}
