package dev.belay.catalog;

import dev.belay.postgres.Identifiers;
import java.util.List;

/**
 * A table inside one database, or inside that database's file copies.
 *
 * @param oid what stays when it is renamed or moved to another schema
 * @param columns in the order of their attnums
 */
public record TableIdentity(long oid, String schema, String name, List<ColumnIdentity> columns) {

    public TableIdentity {
        columns = List.copyOf(columns);
    }

    /** Its name as SQL, quoted. */
    public String qualifiedName() {
        return Identifiers.quote(schema) + "." + Identifiers.quote(name);
    }
}
