package dev.belay.rehearsal;

import dev.belay.scope.Comparison;
import java.util.List;

/**
 * What an undo takes away, and so what is copied first. Found in the rehearsal, by OID and attnum.
 *
 * @param losses in the order in which the versions are taken back
 */
public record SalvagePlan(List<Loss> losses) {

    /** Where copies are put, in the managed database itself. */
    public static final String SCHEMA = Comparison.SALVAGE;

    /** Views before what they read, and tables before those that their foreign keys point at: as applications lock them. */
    public static final String LOCK_ORDER = """
            WITH RECURSIVE reader(oid, depth) AS (
                SELECT t::regclass::oid, 0 FROM unnest(?::text[]) t
                UNION
                SELECT r.ev_class, reader.depth + 1
                FROM reader
                JOIN pg_catalog.pg_depend d ON d.refobjid = reader.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
                    AND d.classid = 'pg_catalog.pg_rewrite'::regclass
                JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.ev_class <> reader.oid
            ), points(source, target) AS (
                SELECT k.conrelid, k.confrelid FROM pg_catalog.pg_constraint k
                WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
                UNION
                SELECT points.source, k.confrelid
                FROM points
                JOIN pg_catalog.pg_constraint k ON k.conrelid = points.target AND k.contype = 'f'
            )
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
            FROM reader
            JOIN pg_catalog.pg_class c ON c.oid = reader.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('v', 'r', 'p')
            GROUP BY c.oid, n.nspname, c.relname
            ORDER BY max(reader.depth) DESC,
                (SELECT count(*) FROM points p WHERE p.target = c.oid AND p.source IN (SELECT oid FROM reader)), 1
            """;

    public SalvagePlan {
        losses = List.copyOf(losses);
    }

    /**
     * Columns or a whole table that go away with one version.
     *
     * @param number its place among all losses of the job, from 1: what tells copies of tables of one name apart
     * @param version the module and version, such as {@code madaris 2}
     * @param key the primary key's columns, kept beside the values so that they can be told apart; may be empty
     * @param columns what goes away; all columns when the table itself does
     */
    public record Loss(
            int number, String version, String schema, String table, List<String> key, List<String> columns) {

        public Loss {
            key = List.copyOf(key);
            columns = List.copyOf(columns);
        }

        public String shown() {
            return schema + "." + table + " (" + String.join(", ", columns) + ")";
        }
    }

    public List<Loss> of(String version) {
        return losses.stream().filter(loss -> loss.version().equals(version)).toList();
    }
}
