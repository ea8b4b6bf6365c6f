package dev.belay.database;

import java.util.Objects;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A migration script, read whole: what a job has read is what it runs, whatever happens to the file meanwhile.
 *
 * @param file its path below the module's folder, with forward slashes
 * @param version null for a repeatable script
 * @param configuration the content of Flyway's script configuration beside it ({@code V1__x.sql.conf}); null without one
 */
public record Script(
        Kind kind,
        String file,
        @Nullable String version,
        String description,
        String sql,
        @Nullable String configuration) {

    /** What a script is for, told by the first letter of its name. */
    public enum Kind {
        VERSIONED,
        UNDO,
        REPEATABLE
    }

    /** The version; a repeatable script has none. */
    public MigrationVersion migrationVersion() {
        return MigrationVersion.fromVersion(Objects.requireNonNull(version, "a repeatable script has no version"));
    }
}
