package dev.belay.masking;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.ProjectMasking.Kind;
import dev.belay.masking.MaskingReport.MaskedValues;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that was masked, with what its values were.
 *
 * @param table as SQL writes it
 * @param was where that is: each row's new place, its old values as text, and what they were to become
 */
record MaskedTable(Connection session, String table, String was, List<MaskedColumn> columns) {

    /**
     * Looks at the finished table: is each row there, has each value become what its rule says, and none is what it was.
     *
     * @throws ProblemException MASKING_FAILED when not
     */
    List<MaskedValues> check() throws SQLException {
        String counts = IntStream.range(0, columns.size())
                .mapToObj(n -> "count(o" + n + "), count(*) FILTER (WHERE " + isWrong(n) + ")")
                .collect(Collectors.joining(", "));
        List<MaskedValues> report = new ArrayList<>();
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT (SELECT count(*) FROM ONLY "
                        + table + "), count(*), " + counts + " FROM ONLY "
                        + table + " t JOIN " + was + " w ON t.ctid = w.place")) {
            row.next();
            if (row.getLong(1) != row.getLong(2)) {
                throw failed(table + " has " + row.getLong(1) + " rows, of which " + row.getLong(2) + " were masked");
            }
            for (int n = 0; n < columns.size(); n++) {
                MaskedColumn masked = columns.get(n);
                long wrong = row.getLong(4 + 2 * n);
                if (wrong > 0) {
                    throw failed(wrong + " values of " + masked.column().id() + " are not what "
                            + masked.rule().kind().word() + " has to make of them, or are what they were");
                }
                report.add(new MaskedValues(
                        table,
                        masked.column().id().column(),
                        masked.rule().kind().word(),
                        row.getLong(3 + 2 * n)));
            }
        }
        requireShuffled();
        return report;
    }

    private String isWrong(int n) {
        MaskedColumn masked = columns.get(n);
        String now = "t." + quote(masked.column().id().column());
        String other = "(o" + n + " IS NULL) <> (" + now + " IS NULL) OR " + now + "::text <> v" + n + "::text";
        return switch (masked.rule().kind()) {
            case NULL -> now + " IS NOT NULL";
            case FIXED ->
                other + " OR " + now + "::text <> ("
                        + literal(Objects.requireNonNull(masked.rule().value())) + "::"
                        + masked.column().type()
                        + ")::text";
            case HASH, FAKE_NAME, FAKE_EMAIL -> other + " OR " + now + "::text = o" + n;
            case SHIFT_DATES ->
                other + " OR " + now + "::text = o" + n + " AND o" + n + " NOT IN ('infinity', '-infinity')";
            case KEEP, SHUFFLE -> other;
        };
    }

    /** All values are there still, and where there are different ones, some are elsewhere. */
    private void requireShuffled() throws SQLException {
        for (int n = 0; n < columns.size(); n++) {
            MaskedColumn masked = columns.get(n);
            if (masked.rule().kind() == Kind.SHUFFLE) {
                String old = "hashtextextended(o" + n + ", 0)";
                String now = "hashtextextended(v" + n + "::text, 0)";
                try (Statement statement = session.createStatement();
                        ResultSet row = statement.executeQuery("SELECT sum(" + old + ") IS DISTINCT FROM sum(" + now
                                + "), count(o" + n + ") > 0 AND bool_and(" + old + " = " + now + ") FROM " + was)) {
                    row.next();
                    if (row.getBoolean(1)) {
                        throw failed("the values of " + masked.column().id() + " after the shuffle are others");
                    }
                    if (row.getBoolean(2)) {
                        throw failed("shuffle leaves " + masked.column().id()
                                + " as it was, because all its values are equal: use another rule, or keep");
                    }
                }
            }
        }
    }

    private static ProblemException failed(String what) {
        return ProblemType.MASKING_FAILED.because("The masking did not do what it has to: " + what
                + ". Nothing has left the scratch server; the database is as it was.");
    }
}
