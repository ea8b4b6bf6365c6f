package dev.belay.relabel;

import dev.belay.database.ProjectModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a re-labelling will do.
 *
 * @param schema the digest of the live catalog, which must be the same before and after
 */
public record RelabelPlan(List<Part> parts, boolean takeBack, String schema) {

    public RelabelPlan {
        parts = List.copyOf(parts);
    }

    /**
     * One module.
     *
     * @param archive the table in which the old rows are kept, in the schema of the history table
     * @param digest of the history's rows as they are
     * @param label the row that stands for the new script; null when the old rows come back
     */
    public record Part(
            ProjectModule module,
            String archive,
            String digest,
            @Nullable Label label) {}

    /** A history row as Flyway itself writes it. */
    public record Label(
            String version,
            String description,
            String script,
            @Nullable Integer checksum) {}
}
