package dev.belay.audit;

import dev.belay.audit.Audit.FilterCount;
import dev.belay.audit.Audit.TableFacts;
import dev.belay.audit.AuditSession.UnanswerableException;
import dev.belay.catalog.Relations;
import dev.belay.catalog.RelationsReader;
import dev.belay.catalog.TableIdentity;
import dev.belay.database.ProjectChecks;
import dev.belay.postgres.Identifiers;
import dev.belay.sql.Words;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts a table's rows, and those under the project's filters. */
final class FactReader {

    private static final String SIZES = """
            SELECT coalesce(sum(pg_table_size(m.oid) - t.bytes), 0)::bigint,
                coalesce(sum(pg_indexes_size(m.oid)), 0)::bigint, coalesce(sum(t.bytes), 0)::bigint
            FROM (SELECT ?::oid UNION SELECT relid::oid FROM pg_partition_tree(?::oid)) m(oid)
            JOIN pg_class c ON c.oid = m.oid
            CROSS JOIN LATERAL (SELECT coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)) t(bytes)
            """;

    private final AuditSession session;

    FactReader(AuditSession session) {
        this.session = session;
    }

    TableFacts table(TableShape shape) throws SQLException {
        TableIdentity table = shape.original();
        String name = shape.key().table();
        String only = shape.key().partitioned() ? "" : "ONLY ";
        try {
            return session.guarded(() -> {
                long rows = session.one("SELECT count(*) FROM " + only + table.qualifiedName(), row -> row.getLong(1));
                Relations relations = RelationsReader.read(session.connection(), table.schema(), table.name());
                return session.one(
                        SIZES,
                        row -> new TableFacts(
                                name, rows, row.getLong(1), row.getLong(2), row.getLong(3), null, relations),
                        table.oid(),
                        table.oid());
            });
        } catch (UnanswerableException e) {
            return new TableFacts(name, null, null, null, null, e.said(), null);
        }
    }

    /** Looks for the filter's table where the session looks for names now. */
    FilterCount filter(ProjectChecks.Filter filter) throws SQLException {
        String table =
                Words.name(filter.table()).stream().map(Identifiers::quote).collect(Collectors.joining("."));
        boolean there = session.one("SELECT to_regclass(?) IS NOT NULL", row -> row.getBoolean(1), table);
        if (!there) {
            return count(filter, null, "there is no such table now");
        }
        try {
            long rows = session.guarded(() -> session.asScripts(
                    "SELECT count(*) FROM " + table + " WHERE (\n" + filter.where() + "\n)", row -> row.getLong(1)));
            return count(filter, rows, null);
        } catch (UnanswerableException e) {
            return count(filter, null, e.said());
        }
    }

    private static FilterCount count(ProjectChecks.Filter filter, @Nullable Long rows, @Nullable String problem) {
        return new FilterCount(filter.name(), filter.table(), filter.where(), rows, problem);
    }

    /** The tables that a filter is about, by their written names. */
    static List<List<String>> tables(List<ProjectChecks.Filter> filters) {
        return filters.stream().map(filter -> Words.name(filter.table())).toList();
    }
}
