package dev.belay.state;

import dev.belay.problem.ProblemType;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * What an application needs of a schema before it starts.
 *
 * @param module null for the only one, or for all where no version is asked for
 * @param min the oldest version it can work with; null for whatever is newest in the project
 * @param max the newest version it can work with; null for no limit
 */
public record GateQuery(
        @Nullable String module,
        @Nullable MigrationVersion min,
        @Nullable MigrationVersion max) {

    private static final Pattern VERSION = Pattern.compile("\\d{1,40}([._]\\d{1,40}){0,9}");

    /**
     * Reads the parameters as they came.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when a version cannot be read or min is above max
     */
    public static GateQuery parse(@Nullable String module, @Nullable String min, @Nullable String max) {
        GateQuery query = new GateQuery(module, version("min", min), version("max", max));
        if (query.min != null && query.max != null && query.min.compareTo(query.max) > 0) {
            throw ProblemType.invalidParameter("min", "must not be above max");
        }
        return query;
    }

    boolean asksForVersion() {
        return min != null || max != null;
    }

    private static @Nullable MigrationVersion version(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        // Flyway would take words such as "latest" too, which mean nothing here.
        if (!VERSION.matcher(text).matches()) {
            throw ProblemType.invalidParameter(name, "must be a version such as 7 or 1.10.2");
        }
        return MigrationVersion.fromVersion(text);
    }
}
