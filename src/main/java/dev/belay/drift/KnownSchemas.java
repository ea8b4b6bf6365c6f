package dev.belay.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.policy.DriftRule;
import dev.belay.scope.Comparison;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps what each database's schema was when a job left it, and says what differs from that now. */
@ApplicationScoped
public class KnownSchemas {

    private final Clock clock;
    private final ObjectMapper json;

    KnownSchemas(Clock clock, ObjectMapper json) {
        this.clock = clock;
        this.json = json;
    }

    private record Known(UUID job, Instant at, String digest, JsonNode catalog) {}

    /** Takes the schema as it is now for known. */
    public void remember(ManagedDatabase database, UUID job) throws SQLException {
        remember(database.name(), job, live(database));
    }

    /** Takes a schema for known: what a job meant to leave, where it found something else. */
    @Transactional
    public void remember(String database, UUID job, Catalog catalog) {
        KnownSchema known =
                KnownSchema.<KnownSchema>findByIdOptional(database).orElseGet(() -> new KnownSchema(database));
        known.jobId = job;
        known.at = clock.instant();
        known.catalog = json.valueToTree(catalog);
        known.digest = catalog.digest();
        known.persist();
    }

    /**
     * What differs now. Where a job has changed the database during the look, the look is repeated.
     *
     * @param modules the project's, whose history tables do not count
     * @return empty while nothing is known: Belay has never changed the database, or a job of its own is changing it or has
     *     left it in between
     */
    public Optional<Drift> drift(ManagedDatabase database, List<ProjectModule> modules) throws SQLException {
        Optional<Known> known = known(database.name());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        List<Drift.DriftedObject> differences = differences(known.get(), live(database), new Comparison(modules));
        if (!differences.isEmpty() && !known(database.name()).map(Known::job).equals(known.map(Known::job))) {
            return drift(database, modules);
        }
        return Optional.of(new Drift(known.get().at(), known.get().job(), isBlocking(database), differences));
    }

    private List<Drift.DriftedObject> differences(Known known, Catalog live, Comparison comparison) {
        if (known.digest().equals(live.digest())) {
            return List.of();
        }
        Catalog left = json.convertValue(known.catalog(), Catalog.class);
        return comparison.of(left).differences(comparison.of(live)).stream()
                .map(Drift.DriftedObject::of)
                .toList();
    }

    private static boolean isBlocking(ManagedDatabase database) {
        return database.policy().drift() == DriftRule.BLOCK;
    }

    @Transactional
    Optional<Known> known(String database) {
        return KnownSchema.standing(database)
                .map(known -> new Known(known.jobId, known.at, known.digest, known.catalog));
    }

    private static Catalog live(ManagedDatabase database) throws SQLException {
        try (Connection session = database.address().open()) {
            return CatalogReader.read(session);
        }
    }
}
