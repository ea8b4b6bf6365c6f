package dev.belay.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a kind to list; what is null does not restrict.
 *
 * @param among only jobs of these databases
 * @param before only jobs that came in before the one with this number
 */
public record JobFilter(
        JobKind kind,
        @Nullable JobState state,
        @Nullable String database,
        @Nullable Set<String> among,
        @Nullable Instant createdAfter,
        @Nullable Long before) {

    String query() {
        List<String> conditions = new ArrayList<>(List.of("kind = :kind"));
        if (state != null) {
            conditions.add("state = :state");
        }
        if (database != null) {
            conditions.add("database = :database");
        }
        if (among != null) {
            conditions.add("database in (:among)");
        }
        if (createdAfter != null) {
            conditions.add("createdAt > :createdAfter");
        }
        if (before != null) {
            conditions.add("number < :before");
        }
        return String.join(" and ", conditions);
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>(Map.of("kind", kind));
        if (state != null) {
            parameters.put("state", state);
        }
        if (database != null) {
            parameters.put("database", database);
        }
        if (among != null) {
            parameters.put("among", among);
        }
        if (createdAfter != null) {
            parameters.put("createdAfter", createdAfter);
        }
        if (before != null) {
            parameters.put("before", before);
        }
        return parameters;
    }
}
