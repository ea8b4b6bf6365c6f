package dev.belay.audit;

import dev.belay.postgres.Identifiers;
import dev.belay.sql.Constraint;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks of all rows what a constraint demands that is in the database already as NOT VALID. */
final class ValidationReader {

    private static final String KEPT = """
            SELECT k.contype, pg_get_expr(k.conbin, k.conrelid),
                ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(num, place)
                      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.place),
                ARRAY[n.nspname::text, p.relname::text],
                ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u(num, place)
                      JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.num ORDER BY u.place),
                k.confmatchtype = 'f'
            FROM pg_constraint k
            LEFT JOIN pg_class p ON p.oid = k.confrelid
            LEFT JOIN pg_namespace n ON n.oid = p.relnamespace
            WHERE k.conrelid = ?::oid AND k.conname = ?
            """;

    private final AuditSession session;
    private final Shapes shapes;

    ValidationReader(AuditSession session, Shapes shapes) {
        this.session = session;
        this.shapes = shapes;
    }

    private record Kept(
            String type,
            @Nullable String expression,
            List<String> columns,
            List<String> parent,
            List<String> referenced,
            boolean full) {}

    DemandQuery query(TableShape shape, String constraint) throws UnaskableException, SQLException {
        TableShape table = shape.now();
        List<Kept> found = session.all(
                KEPT,
                row -> new Kept(
                        row.getString(1),
                        row.getString(2),
                        texts(row.getArray(3)),
                        texts(row.getArray(4)),
                        texts(row.getArray(5)),
                        row.getBoolean(6)),
                table.original().oid(),
                constraint);
        if (found.isEmpty()) {
            throw new UnaskableException(
                    "there is no such constraint now; one that the same scripts add is asked there");
        }
        Kept kept = found.get(0);
        if (kept.expression() != null) {
            return DemandQuery.check(table, kept.expression());
        }
        if (!kept.type().equals("f")) {
            throw new UnaskableException("it is neither a CHECK nor a foreign key");
        }
        Constraint.ForeignKey key = new Constraint.ForeignKey(
                "",
                constraint,
                quoted(kept.columns()),
                String.join(".", quoted(kept.parent())),
                quoted(kept.referenced()),
                kept.full(),
                true);
        return DemandQuery.foreignKey(table, key, shapes.original(kept.parent()));
    }

    private static List<String> texts(java.sql.Array array) throws SQLException {
        return Arrays.stream((@Nullable String[]) array.getArray())
                .map(String::valueOf)
                .toList();
    }

    private static List<String> quoted(List<String> names) {
        return names.stream().map(Identifiers::quote).toList();
    }
}
