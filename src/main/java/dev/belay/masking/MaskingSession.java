package dev.belay.masking;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.ProjectMasking.Kind;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Masks tables of a copy that has its rows but not yet its indexes, foreign keys and triggers. What the values were is in
 * temporary tables of this session until it is closed, and so is the secret: neither is in any dump of the copy.
 */
final class MaskingSession implements AutoCloseable {

    private static final String HASH = "CREATE FUNCTION pg_temp.belay_hash(value text) RETURNS text LANGUAGE sql STABLE"
            + " AS $$ SELECT encode(sha256(convert_to(current_setting('belay.salt') || value"
            + " || current_setting('belay.salt'), getdatabaseencoding())), 'hex') $$";

    private final Connection session;
    private int tables;

    private MaskingSession(Connection session) {
        this.session = session;
    }

    static MaskingSession open(DatabaseAddress copy) throws SQLException {
        MaskingSession opened = new MaskingSession(copy.open());
        try {
            opened.drawSecret();
            return opened;
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
    }

    Connection connection() {
        return session;
    }

    private void drawSecret() throws SQLException {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        execute(HASH);
        execute("SET work_mem = '256MB'");
        set("belay.salt", HexFormat.of().formatHex(salt));
        set("belay.shift", String.valueOf(random.nextInt(Integer.MAX_VALUE)));
        set("belay.direction", random.nextBoolean() ? "1" : "-1");
    }

    private void set(String name, String value) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("SELECT set_config(?, ?, false)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.execute();
        }
    }

    /**
     * Masks the columns of one table.
     *
     * @param table as SQL writes it
     * @throws ProblemException MASKING_FAILED with the table, its columns, and the constraint that stands in the way
     */
    MaskedTable mask(String table, List<MaskedColumn> columns) throws SQLException {
        int number = ++tables;
        MaskedTable masked = new MaskedTable(session, table, "pg_temp.belay_was_" + number, columns);
        String values = "pg_temp.belay_values_" + number;
        try {
            execute("CREATE TEMPORARY TABLE " + values.substring("pg_temp.".length()) + " AS "
                    + values(table, columns));
            execute("ANALYZE " + values);
            requireDistinct(columns, values);
            execute("CREATE TEMPORARY TABLE "
                    + masked.was().substring("pg_temp.".length())
                    + " AS SELECT place, "
                    + list(columns, n -> "o" + n) + ", " + list(columns, n -> "v" + n) + " FROM " + values
                    + " LIMIT 0");
            execute("WITH moved AS (UPDATE ONLY " + table + " t SET "
                    + list(columns, n -> name(columns, n) + " = m.v" + n) + " FROM " + values
                    + " m WHERE t.ctid = m.place RETURNING t.ctid AS place, "
                    + list(columns, n -> "m.o" + n) + ", " + list(columns, n -> "m.v" + n) + ") INSERT INTO "
                    + masked.was() + " SELECT * FROM moved");
            execute("DROP TABLE " + values);
            execute("ANALYZE " + masked.was());
            return masked;
        } catch (SQLException e) {
            throw refused(table, columns, e);
        }
    }

    /** Every row with its place, its old values as text, and its new ones. What costs is computed once a row. */
    private static String values(String table, List<MaskedColumn> columns) {
        String inner = list(columns, n -> {
            Kind kind = columns.get(n).rule().kind();
            String name = name(columns, n);
            return name + " AS c" + n
                    + switch (kind) {
                        case HASH, FAKE_NAME, FAKE_EMAIL -> ", pg_temp.belay_hash(" + name + "::text) AS h" + n;
                        case SHUFFLE -> ", random() AS r" + n;
                        case KEEP, FIXED, NULL, SHIFT_DATES -> "";
                    };
        });
        String windows = IntStream.range(0, columns.size())
                .filter(n -> columns.get(n).rule().kind() == Kind.SHUFFLE)
                .mapToObj(Expressions::window)
                .collect(Collectors.joining(", "));
        boolean perRow = columns.stream().anyMatch(column -> column.rule().perRow());
        return "SELECT place, " + list(columns, n -> "c" + n + "::text AS o" + n) + ", "
                + list(columns, n -> Expressions.of(columns.get(n), n) + " AS v" + n) + " FROM (SELECT ctid AS place"
                + (perRow ? ", pg_temp.belay_hash(tableoid::text || ctid::text) AS row_hash" : "") + ", " + inner
                + " FROM ONLY " + table + " OFFSET 0) rows" + (windows.isEmpty() ? "" : " WINDOW " + windows);
    }

    /** Looked at before any index is there, so that the column is named and not only the index that would not build. */
    private void requireDistinct(List<MaskedColumn> columns, String values) throws SQLException {
        for (int n = 0; n < columns.size(); n++) {
            MaskedColumn masked = columns.get(n);
            boolean mapping = masked.rule().kind() == Kind.HASH || masked.rule().kind() == Kind.FAKE_EMAIL;
            if (masked.distinct() && mapping) {
                try (Statement statement = session.createStatement();
                        ResultSet row = statement.executeQuery(String.format(
                                Locale.ROOT,
                                "SELECT count(DISTINCT o%1$d COLLATE \"C\"), count(DISTINCT v%1$d::text COLLATE \"C\")"
                                        + " FROM %2$s",
                                n,
                                values))) {
                    row.next();
                    if (row.getLong(1) != row.getLong(2)) {
                        throw ProblemType.MASKING_FAILED.because("The values of "
                                + masked.column().id() + " have to stay different, but there is so little room in its"
                                + " type that " + masked.rule().kind().word() + " made " + row.getLong(2) + " of "
                                + row.getLong(1) + ". Nothing has left the scratch server; the database is as it was."
                                + " Ask again, use shuffle, or say keep if it is harmless.");
                    }
                }
            }
        }
    }

    private static ProblemException refused(String table, List<MaskedColumn> columns, SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String constraint = server == null || server.getConstraint() == null
                ? ""
                : " It is the constraint " + server.getConstraint() + ".";
        String rules = columns.stream()
                .map(column -> column.column().id().column() + " "
                        + column.rule().kind().word())
                .collect(Collectors.joining(", "));
        return ProblemType.MASKING_FAILED.because(
                "The table " + table + " refused what the rules (" + rules + ") made: " + SqlStates.message(e)
                        + constraint
                        + " Nothing has left the scratch server; the database is as it was. Choose rules that the table"
                        + " allows, then ask again.",
                e);
    }

    private interface Text {
        String of(int n);
    }

    private static String list(List<MaskedColumn> columns, Text text) {
        return IntStream.range(0, columns.size()).mapToObj(text::of).collect(Collectors.joining(", "));
    }

    private static String name(List<MaskedColumn> columns, int n) {
        return quote(columns.get(n).column().id().column());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** Breaks off what the session is doing. */
    void abort() {
        try {
            session.abort(Runnable::run);
        } catch (SQLException e) {
            Logger.getLogger(MaskingSession.class).debug("already gone", e);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
