package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.catalog.ColumnIdentity;
import dev.belay.postgres.Identifiers;
import dev.belay.scope.Comparison;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The schema in a managed database where rows and values are kept that a way back has no place for: one table for each table
 * they come from, and {@code contents}, which says of each what it is.
 */
public final class SalvageSchema {

    public static final String NAME = Comparison.SALVAGE;

    static final String CONTENTS_NAME = "contents";

    private static final String CONTENTS = NAME + "." + CONTENTS_NAME;
    private static final int LONGEST_NAME = 63;

    private SalvageSchema() {}

    /**
     * What a table of this schema holds, and where it comes from.
     *
     * @param keptAt since when, as PostgreSQL writes it; null for now
     */
    public record Entry(
            String name,
            UUID job,
            String origin,
            List<String> key,
            String what,
            @Nullable String keptAt) {

        public Entry {
            key = List.copyOf(key);
        }

        /** Of something that is being kept. */
        public static Entry now(String name, UUID job, String origin, List<String> key, String what) {
            return new Entry(name, job, origin, key, what, null);
        }
    }

    /** A name of its own for the copy of a table, told apart from others of the job by a number. */
    public static String tableName(UUID job, int number, String table) {
        return Identifiers.shortened(job.toString().substring(0, 8) + "_" + number + "_" + table, LONGEST_NAME);
    }

    /** Its name as SQL. */
    public static String qualified(String name) {
        return NAME + "." + quote(name);
    }

    /** Makes the schema and its contents table where they are not there. */
    public static void prepare(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME);
            statement.execute("CREATE TABLE IF NOT EXISTS " + CONTENTS
                    + " (name text PRIMARY KEY, job uuid NOT NULL, origin text NOT NULL, key text[] NOT NULL,"
                    + " what text NOT NULL, kept_at timestamptz NOT NULL DEFAULT pg_catalog.now())");
            statement.execute("COMMENT ON TABLE " + CONTENTS + " IS "
                    + literal("What Belay's ways back kept: the table here, the job, the table it comes from"
                            + " and the columns of its key"));
        }
    }

    /** Removes what a job has kept here: for one that begins again. */
    static void forget(Connection session, UUID job) throws SQLException {
        for (Entry entry : entries(session, job)) {
            try (Statement statement = session.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS " + qualified(entry.name));
                statement.execute("DELETE FROM " + CONTENTS + " WHERE name = " + literal(entry.name));
            }
        }
    }

    /** What a job has kept here, table by table. */
    public static SalvageReport report(Connection session, UUID job) throws SQLException {
        List<TableReport> tables = new ArrayList<>();
        for (Entry entry : entries(session, job)) {
            try (Statement statement = session.createStatement();
                    ResultSet row =
                            statement.executeQuery("SELECT pg_catalog.count(*) FROM " + qualified(entry.name))) {
                row.next();
                tables.add(new TableReport(
                        entry.origin,
                        null,
                        0,
                        0,
                        0,
                        Map.of(entry.what, row.getLong(1)),
                        NAME + "." + entry.name,
                        List.of(),
                        List.of()));
            }
        }
        return new SalvageReport(tables, 0, List.of(), List.of(), List.of());
    }

    private static List<Entry> entries(Connection session, UUID job) throws SQLException {
        return entries(session).stream().filter(entry -> entry.job.equals(job)).toList();
    }

    /** Everything that is kept in a database, in the order of the names. */
    static List<Entry> entries(Connection session) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        if (!exists(session)) {
            return entries;
        }
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name, job, origin, key, what, kept_at::text FROM " + CONTENTS + " ORDER BY name")) {
            while (rows.next()) {
                entries.add(new Entry(
                        rows.getString("name"),
                        rows.getObject("job", UUID.class),
                        rows.getString("origin"),
                        Arrays.asList((String[]) rows.getArray("key").getArray()),
                        rows.getString("what"),
                        rows.getString("kept_at")));
            }
        }
        return entries;
    }

    /** A column's type in this schema: PostgreSQL's own are kept, others may mean something else there and become text. */
    static String typeOf(Connection session, ColumnIdentity column) throws SQLException {
        String sql = "SELECT count(*) > 0 FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = t.typnamespace WHERE n.nspname = 'pg_catalog' AND t.typname !~ '^_?reg'"
                + " AND t.oid = pg_catalog.to_regtype(?)";
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setString(1, column.type());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? column.type() : "text";
            }
        }
    }

    private static boolean exists(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_catalog.to_regclass('" + CONTENTS + "') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Writes down what a table of this schema holds, in {@code contents} and as its comment. */
    public static void register(Connection session, Entry entry) throws SQLException {
        String insert = "INSERT INTO " + CONTENTS + " (name, job, origin, key, what, kept_at)"
                + " VALUES (?, ?, ?, ?, ?, coalesce(?::timestamptz, pg_catalog.now()))"
                + " ON CONFLICT (name) DO UPDATE SET what = EXCLUDED.what, kept_at = pg_catalog.now()";
        try (PreparedStatement statement = session.prepareStatement(insert)) {
            statement.setString(1, entry.name());
            statement.setObject(2, entry.job());
            statement.setString(3, entry.origin());
            statement.setArray(4, session.createArrayOf("text", entry.key().toArray()));
            statement.setString(5, entry.what());
            statement.setString(6, entry.keptAt());
            statement.execute();
        }
        try (Statement statement = session.createStatement()) {
            statement.execute("COMMENT ON TABLE " + qualified(entry.name()) + " IS "
                    + literal(entry.what() + " of " + entry.origin() + ", kept by Belay's job " + entry.job()));
        }
    }
}
