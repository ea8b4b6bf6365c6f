package dev.belay.review;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.belay.reversal.SchemaChange;
import dev.belay.reversal.Structure;
import dev.belay.sql.LongNames;
import dev.belay.sql.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What scripts do to a schema, as observed on a copy.
 *
 * @param changes every object that was added, changed or dropped
 * @param unindexedForeignKeys foreign keys that no index serves once the scripts have run, those that they add first
 * @param longNames names in the scripts that PostgreSQL cuts without an error
 * @param lostProperties what columns do not have any more that they had
 */
public record Review(
        List<SchemaChange> changes,
        List<UnindexedKey> unindexedForeignKeys,
        List<LongName> longNames,
        List<LostProperty> lostProperties) {

    public Review {
        changes = List.copyOf(changes);
        unindexedForeignKeys = List.copyOf(unindexedForeignKeys);
        longNames = List.copyOf(longNames);
        lostProperties = List.copyOf(lostProperties);
    }

    /** Of scripts that change nothing. */
    public static final Review NOTHING = new Review(List.of(), List.of(), List.of(), List.of());

    /**
     * A foreign key for which each change of a parent row reads the whole child table.
     *
     * @param added whether the scripts add it
     */
    @Schema(name = "ReviewedForeignKey")
    public record UnindexedKey(String name, String table, List<String> columns, String referencedTable, boolean added) {

        public UnindexedKey {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A name of more than 63 bytes.
     *
     * @param line where in the script it stands first
     * @param kept what PostgreSQL makes of it
     */
    @Schema(name = "ReviewedLongName")
    public record LongName(String file, int line, String name, String kept) {}

    /**
     * Something that a column had.
     *
     * @param property one of type, length, not null, default
     * @param from what it was
     * @param to what there is instead; empty for nothing
     */
    @Schema(name = "ReviewedLoss")
    public record LostProperty(String column, String property, String from, String to) {}

    /** The changes of one table, or of anything else that stands alone. */
    public record Group(String name, List<SchemaChange> changes) {}

    /**
     * Looks what scripts have done.
     *
     * @param before the schema before they ran, in the session's database
     * @param scripts what was run
     */
    public static Review of(Structure before, Structure after, Connection session, List<Source> scripts)
            throws SQLException {
        List<SchemaChange> changes = SchemaChange.between(before, after);
        List<LongName> names = new ArrayList<>();
        for (Source script : scripts) {
            LongNames.in(script.sql())
                    .forEach(name -> names.add(new LongName(script.file(), name.line(), name.name(), name.kept())));
        }
        return new Review(changes, UnindexedKeys.read(session, changes), names, LostProperties.of(changes));
    }

    /** The changes by what they belong to. */
    @JsonIgnore
    public List<Group> groups() {
        Map<String, List<SchemaChange>> groups = new LinkedHashMap<>();
        for (SchemaChange change : changes) {
            String of = change.of();
            groups.computeIfAbsent(of == null ? change.name() : of, name -> new ArrayList<>())
                    .add(change);
        }
        return groups.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }
}
