package dev.belay.drift;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.catalog.Difference;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the schema as a job of Belay left it.
 *
 * @param since when that was
 * @param job the job
 * @param blocking whether the database's policy is to go no further with it
 * @param differences object by object; empty when none
 */
public record Drift(Instant since, UUID job, boolean blocking, List<DriftedObject> differences) {

    private static final int NAMED = 3;

    public Drift {
        differences = List.copyOf(differences);
    }

    /** How an object differs. */
    @Schema(name = "DriftKind")
    public enum Kind {
        ADDED,
        MISSING,
        CHANGED
    }

    /**
     * An object that differs.
     *
     * @param type such as table, column, index, constraint, function
     * @param expected its definition as it was left; null when it was added
     * @param found its definition now; null when it is missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DriftedObject(
            @Schema(examples = "column") String type,
            @Schema(examples = "public.student.nickname") String object,
            Kind what,
            @Nullable String expected,
            @Nullable String found) {

        static DriftedObject of(Difference difference) {
            Kind what = switch (difference.kind()) {
                case MISSING -> Kind.MISSING;
                case UNEXPECTED -> Kind.ADDED;
                case CHANGED -> Kind.CHANGED;
            };
            return new DriftedObject(
                    difference.type(), difference.object(), what, difference.expected(), difference.actual());
        }

        private Difference difference() {
            Difference.Kind kind = switch (what) {
                case MISSING -> Difference.Kind.MISSING;
                case ADDED -> Difference.Kind.UNEXPECTED;
                case CHANGED -> Difference.Kind.CHANGED;
            };
            return new Difference(type, object, kind, expected, found);
        }

        private String shown() {
            return what == Kind.CHANGED
                    ? Objects.requireNonNull(difference()).message()
                    : type + " " + object.replaceAll("\\R", " ") + (what == Kind.ADDED ? " was added" : " is missing");
        }
    }

    @JsonIgnore
    public boolean isThere() {
        return !differences.isEmpty();
    }

    /** Whether nothing more is done with the database until somebody has decided. */
    public boolean stops() {
        return blocking && isThere();
    }

    /** Every difference, on one line. */
    public String shown() {
        return differences.stream().map(DriftedObject::shown).collect(Collectors.joining("; "));
    }

    /** The first few differences by name, and how many more there are. */
    public String firstFew() {
        String named = differences.stream()
                .limit(NAMED)
                .map(object -> object.type() + " " + object.object()
                        + switch (object.what()) {
                            case ADDED -> " added";
                            case MISSING -> " missing";
                            case CHANGED -> " changed";
                        })
                .collect(Collectors.joining(", "));
        int more = differences.size() - NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
