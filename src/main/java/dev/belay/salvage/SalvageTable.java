package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.catalog.ColumnIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of {@link SalvageSchema} that keeps the rows of one live table which have no place, or not all of their values. */
final class SalvageTable {

    private final Connection session;
    private final String reason;
    private final String keyText;
    private final SalvageSchema.Entry entry;
    private final List<ColumnIdentity> columns;
    private boolean exists;

    SalvageTable(Connection session, UUID job, int number, TablePair.Source source) {
        this.session = session;
        this.columns = source.columns();
        this.reason = free("belay_reason");
        this.keyText = free("belay_key");
        this.entry = SalvageSchema.Entry.now(
                SalvageSchema.tableName(job, number, source.table()),
                job,
                source.name(),
                source.key(),
                "Rows that a restore had no place for");
    }

    /** A name for a column of ours that the table has none of. */
    private String free(String name) {
        boolean taken = columns.stream().anyMatch(column -> column.name().equals(name));
        return taken ? free(name + "_") : name;
    }

    String name() {
        return SalvageSchema.NAME + "." + entry.name();
    }

    /**
     * A row to keep.
     *
     * @param values in the order of the live table's columns
     */
    record Kept(String key, String why, List<@Nullable String> values) {}

    /** Forgets what an earlier pass kept of rows with keys in these buckets. */
    void forget(int buckets, List<Integer> chosen) throws SQLException {
        if (!find()) {
            return;
        }
        String delete = "DELETE FROM " + SalvageSchema.qualified(entry.name()) + " WHERE "
                + Rows.bucket(keyText + " COLLATE pg_catalog.\"C\"", buckets) + " = ANY (?)";
        try (PreparedStatement statement = session.prepareStatement(delete)) {
            statement.setArray(1, session.createArrayOf("int4", chosen.toArray()));
            statement.execute();
        }
    }

    /** Forgets single rows: one reason is enough for each. */
    void forgetKeys(Collection<String> keys) throws SQLException {
        if (!find()) {
            return;
        }
        String delete = "DELETE FROM " + SalvageSchema.qualified(entry.name()) + " WHERE " + keyText + " = ANY (?)";
        try (PreparedStatement statement = session.prepareStatement(delete)) {
            statement.setArray(1, session.createArrayOf("text", keys.toArray()));
            statement.execute();
        }
    }

    void keep(List<Kept> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        create();
        List<String> names = new ArrayList<>();
        columns.forEach(column -> names.add(quote(column.name())));
        names.add(reason);
        names.add(keyText);
        String target = SalvageSchema.qualified(entry.name()) + " (" + String.join(", ", names) + ")";
        try (CopyText copy = CopyText.into(session, target)) {
            for (Kept row : rows) {
                List<@Nullable String> values = new ArrayList<>(row.values());
                values.add(row.why());
                values.add(row.key());
                copy.row(values);
            }
            var unused = copy.end();
        }
    }

    /** How many rows it has for each reason; drops it when it has none. */
    Map<String, Long> reasons() throws SQLException {
        Map<String, Long> reasons = new LinkedHashMap<>();
        if (!find()) {
            return reasons;
        }
        String table = SalvageSchema.qualified(entry.name());
        try (Statement statement = session.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT " + reason + ", pg_catalog.count(*) FROM " + table
                    + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50")) {
                while (rows.next()) {
                    reasons.put(rows.getString(1), rows.getLong(2));
                }
            }
            if (reasons.isEmpty()) {
                statement.execute("DROP TABLE " + table);
                statement.execute(
                        "DELETE FROM " + SalvageSchema.NAME + ".contents WHERE name = " + literal(entry.name()));
                exists = false;
            }
        }
        return reasons;
    }

    private boolean find() throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            statement.setString(1, SalvageSchema.qualified(entry.name()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                exists = row.getBoolean(1);
                return exists;
            }
        }
    }

    private void create() throws SQLException {
        if (exists || find()) {
            return;
        }
        SalvageSchema.prepare(session);
        List<String> definitions = new ArrayList<>();
        for (ColumnIdentity column : columns) {
            definitions.add(quote(column.name()) + " " + SalvageSchema.typeOf(session, column));
        }
        definitions.add(reason + " text NOT NULL");
        definitions.add(keyText + " text NOT NULL");
        try (Statement statement = session.createStatement()) {
            statement.execute("CREATE TABLE " + SalvageSchema.qualified(entry.name()) + " ("
                    + String.join(", ", definitions) + ")");
        }
        SalvageSchema.register(session, entry);
        exists = true;
    }
}
