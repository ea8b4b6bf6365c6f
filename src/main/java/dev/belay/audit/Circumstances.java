package dev.belay.audit;

import dev.belay.audit.Audit.ForeignKey;
import dev.belay.audit.Audit.LongTransaction;
import dev.belay.audit.Audit.SequenceUse;
import java.sql.SQLException;
import java.util.List;

/** What makes a change of tables riskier than their size tells. */
final class Circumstances {

    private static final String LONG = "5 seconds";
    private static final double MUCH = 0.5;

    private final AuditSession session;
    private final Long[] tables;

    /** About tables by their OIDs. */
    Circumstances(AuditSession session, List<Long> tables) {
        this.session = session;
        this.tables = tables.toArray(Long[]::new);
    }

    /** Foreign keys of and to the tables for which each change of a parent reads the whole child. */
    List<ForeignKey> unindexedForeignKeys() throws SQLException {
        return session.all(
                "SELECT k.conname, k.conrelid::regclass::text,"
                        + " ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u(num, place)"
                        + " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.num ORDER BY u.place),"
                        + " k.confrelid::regclass::text FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0"
                        + " AND (k.conrelid::bigint = ANY (?) OR k.confrelid::bigint = ANY (?)) AND NOT EXISTS"
                        + " (SELECT FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL"
                        + " AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey) ORDER BY 2, 1",
                row -> new ForeignKey(
                        row.getString(1),
                        row.getString(2),
                        List.of((String[]) row.getArray(3).getArray()),
                        row.getString(4)),
                tables,
                tables);
    }

    /** Sequences of the tables' columns that have used up much of what they, or the column, can hold. */
    List<SequenceUse> sequences() throws SQLException {
        return session.all(
                "SELECT * FROM (SELECT s.oid::regclass::text, d.refobjid::regclass::text AS tbl, p.last_value, l.lim,"
                        + " (p.last_value::numeric - p.start_value) / nullif(l.lim::numeric - p.start_value, 0) AS used"
                        + " FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
                        + " JOIN pg_namespace n ON n.oid = s.relnamespace"
                        + " JOIN pg_sequences p ON p.schemaname = n.nspname AND p.sequencename = s.relname"
                        + " JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid CROSS JOIN LATERAL"
                        + " (SELECT CASE WHEN p.increment_by < 0 THEN p.min_value ELSE least(p.max_value,"
                        + " CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647"
                        + " ELSE p.max_value END) END) l(lim)"
                        + " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
                        + " AND d.deptype IN ('a', 'i') AND d.refobjid::bigint = ANY (?) AND NOT p.cycle"
                        + " AND p.last_value IS NOT NULL) u WHERE used >= " + MUCH + " ORDER BY used DESC, 1",
                row -> new SequenceUse(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        Math.round(row.getDouble(5) * 1000) / 1000.0),
                (Object) tables);
    }

    /** Those whose end a statement that needs a strong lock would have to wait for. */
    List<LongTransaction> longTransactions() throws SQLException {
        return session.all(
                "SELECT pid, extract(epoch FROM clock_timestamp() - xact_start)::bigint, application_name,"
                        + " coalesce(usename, ''), coalesce(state, '') FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        + " AND clock_timestamp() - xact_start > interval '" + LONG + "' ORDER BY xact_start",
                row -> new LongTransaction(
                        row.getInt(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)));
    }
}
