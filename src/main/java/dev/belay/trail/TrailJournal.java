package dev.belay.trail;

import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The audit trail in the control database. */
@ApplicationScoped
class TrailJournal {

    private final Clock clock;

    TrailJournal(Clock clock) {
        this.clock = clock;
    }

    @Transactional
    void write(TrailView request) {
        new TrailEntry(clock.instant().truncatedTo(ChronoUnit.MICROS), request).persist();
    }

    /** Oldest first. */
    @Transactional
    List<TrailView> find(TrailQuery query, int limit) {
        List<String> conditions = new ArrayList<>(List.of("number > :after"));
        Map<String, Object> parameters = new HashMap<>(Map.of("after", query.after()));
        add("caller = :caller", "caller", query.caller(), conditions, parameters);
        add("database = :database", "database", query.database(), conditions, parameters);
        add("status = :status", "status", query.status(), conditions, parameters);
        add("method = :method", "method", query.method(), conditions, parameters);
        add("locate(:path, path) = 1", "path", query.path(), conditions, parameters);
        add("at >= :since", "since", instant("since", query.since()), conditions, parameters);
        add("at < :until", "until", instant("until", query.until()), conditions, parameters);
        return TrailEntry.<TrailEntry>find(String.join(" and ", conditions) + " order by number", parameters)
                .page(0, limit)
                .stream()
                .map(TrailEntry::view)
                .toList();
    }

    private static void add(
            String condition,
            String name,
            @Nullable Object value,
            List<String> conditions,
            Map<String, Object> parameters) {
        if (value != null) {
            conditions.add(condition);
            parameters.put(name, value);
        }
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemType.invalidParameter(name, "must be an instant such as 2026-01-31T12:00:00Z");
        }
    }
}
