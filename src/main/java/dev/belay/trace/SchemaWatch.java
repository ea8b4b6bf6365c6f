package dev.belay.trace;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@link Snapshot} up to date. Within a transaction it reads anew only the relations that statements wrote catalog
 * rows about: all of a catalog with hundreds of tables takes longer to read than most statements take to run.
 */
final class SchemaWatch {

    private Snapshot schema = Snapshot.EMPTY;
    private @Nullable CatalogWrites writes;
    private RowVersions versions = RowVersions.NONE;

    /** As it was at the last look. */
    Snapshot schema() {
        return schema;
    }

    /** Another transaction begins; anybody may have changed anything. */
    void begin() {
        writes = null;
    }

    void look(Connection session, boolean autocommit) throws SQLException {
        CatalogWrites before = writes;
        CatalogWrites now = CatalogWrites.inTransaction(session);
        if (autocommit || before == null) {
            schema = SnapshotReader.read(session);
            versions = autocommit ? RowVersions.NONE : RowVersions.inTransaction(session);
        } else if (!now.equals(before)) {
            RowVersions own = RowVersions.inTransaction(session);
            schema = now.leaveVersionsSince(before)
                    ? again(session, own.changedSince(versions), now.hasTypesSince(before))
                    : SnapshotReader.read(session);
            versions = own;
        }
        writes = now;
    }

    private Snapshot again(Connection session, Set<Long> changed, boolean types) throws SQLException {
        Snapshot part = SnapshotReader.read(session, changed);
        boolean renamed = part.relations().values().stream()
                .anyMatch(relation -> schema.relations().containsKey(relation.oid())
                        && !schema.nameOf(relation.oid()).equals(relation.name()));
        // what others are defined by may show the name
        return renamed
                ? SnapshotReader.read(session)
                : schema.with(part, changed, types ? SnapshotReader.types(session) : schema.types());
    }

    /** Notes the sizes that relations have now. */
    void sizes(Map<Long, Long> bytes) {
        if (bytes.isEmpty()) {
            return;
        }
        Map<Long, Snapshot.Relation> relations = new HashMap<>(schema.relations());
        bytes.forEach((oid, size) -> relations.computeIfPresent(oid, (same, relation) -> relation.withBytes(size)));
        schema = new Snapshot(relations, schema.columns(), schema.constraints(), schema.triggers(), schema.types());
    }
}
