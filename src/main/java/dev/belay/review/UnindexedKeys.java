package dev.belay.review;

import dev.belay.reversal.SchemaChange;
import dev.belay.review.Review.UnindexedKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds foreign keys that no index serves: none that is valid, whole, and begins with their columns. */
final class UnindexedKeys {

    private static final String QUERY = """
            SELECT quote_ident(k.conname), format('%I.%I', n.nspname, c.relname),
                ARRAY(SELECT quote_ident(a.attname) FROM unnest(k.conkey) WITH ORDINALITY u(num, place)
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.place),
                format('%I.%I', pn.nspname, p.relname)
            FROM pg_catalog.pg_constraint k
            JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
            JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
            WHERE k.contype = 'f' AND k.conparentid = 0 AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_index i
                WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL
                  AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
            ORDER BY 2, 1
            """;

    private UnindexedKeys() {}

    static List<UnindexedKey> read(Connection session, List<SchemaChange> changes) throws SQLException {
        List<UnindexedKey> found = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                String name = row.getString(1);
                String table = row.getString(2);
                boolean added = changes.stream()
                        .anyMatch(change -> change.is(SchemaChange.What.ADDED, "foreign key")
                                && change.name().equals(name)
                                && table.equals(change.of()));
                found.add(new UnindexedKey(
                        name, table, List.of((String[]) row.getArray(3).getArray()), row.getString(4), added));
            }
        }
        return found.stream()
                .sorted(Comparator.comparing((UnindexedKey key) -> !key.added()))
                .toList();
    }
}
