package dev.belay.sql;

import dev.belay.postgres.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Lets PostgreSQL's own parser read scripts without running anything of them. It reads a string of several statements
 * whole before it runs the first; here the first always fails, by a division by zero, so that none comes after it. A
 * statement that passes has the right form only: whether what it names is there, the rehearsal finds out.
 */
public final class SyntaxCheck {

    /** As its operator is named with its schema, nothing on a search path can make it succeed. */
    private static final String FAILS = "SELECT 1 OPERATOR(pg_catalog./) 0;";

    /** Errors of the server and not of the text: 08 connection, 53 resources, 57 intervention, 58 system, XX internal. */
    private static final Set<String> NOT_THE_TEXT = Set.of("08", "53", "57", "58", "XX");

    private static final int BATCH = 500_000;

    private static final Pattern COPY_FROM_STDIN = Pattern.compile("(?is)\\ACOPY\\b.*?\\bFROM\\s+STDIN\\b");
    private static final Pattern WORD = Pattern.compile("\\A[A-Za-z]+");
    private static final Set<String> PLPGSQL = Set.of(
            "IF",
            "LOOP",
            "RAISE",
            "PERFORM",
            "FOR",
            "FOREACH",
            "WHILE",
            "EXIT",
            "CONTINUE",
            "RETURN",
            "ASSERT",
            "GET",
            "OPEN",
            "ELSIF",
            "EXCEPTION",
            "CASE");
    private static final Pattern NEAR = Pattern.compile(" at or near \"(.*)\"\\.?", Pattern.DOTALL);

    private final Connection session;
    private final List<Finding> findings = new ArrayList<>();

    private SyntaxCheck(Connection session) {
        this.session = session;
    }

    /**
     * Something that PostgreSQL cannot read.
     *
     * @param line where in the script, from 1
     * @param beginning of the statement, without literals
     * @param message what PostgreSQL says of it
     */
    public record Finding(String module, String file, int line, String beginning, String message) {
        public String shown() {
            return file + ", line " + line + ": " + message + " The statement begins: " + beginning;
        }
    }

    private record Asked(Source script, Statements.Statement statement) {}

    /**
     * Reads all statements of all scripts.
     *
     * @param session an open one that is used in read-only transactions, all of which are rolled back
     * @throws SQLException when PostgreSQL could not be asked
     */
    public static List<Finding> check(Connection session, List<Source> scripts) throws SQLException {
        SyntaxCheck check = new SyntaxCheck(session);
        session.setAutoCommit(false);
        session.setReadOnly(true);
        if (check.canAsk()) {
            for (Source script : scripts) {
                check.script(script);
            }
        }
        return check.findings;
    }

    private void script(Source script) throws SQLException {
        List<Asked> batch = new ArrayList<>();
        long size = 0;
        for (Statements.Statement statement : Statements.split(script.sql())) {
            if (COPY_FROM_STDIN.matcher(statement.sql()).find()) {
                add(
                        new Asked(script, statement),
                        statement.line(),
                        "COPY … FROM STDIN with its rows is not supported in scripts; write INSERT. What follows it was"
                                + " not looked at.");
                break;
            }
            batch.add(new Asked(script, statement));
            size += statement.sql().length();
            if (size > BATCH) {
                askAll(batch);
                batch.clear();
                size = 0;
            }
        }
        askAll(batch);
    }

    /** Most scripts have no fault, so they are asked about in one go; a faulty statement is found by halves. */
    private void askAll(List<Asked> batch) throws SQLException {
        SQLException fault = batch.isEmpty() ? null : ask(batch);
        if (fault == null) {
            return;
        }
        if (batch.size() == 1) {
            add(batch.get(0), fault);
            return;
        }
        askAll(batch.subList(0, batch.size() / 2));
        askAll(batch.subList(batch.size() / 2, batch.size()));
    }

    /** Without PL/pgSQL, or the right to it, nothing can be asked: the rehearsal then meets the faults one by one. */
    private boolean canAsk() throws SQLException {
        Asked nothing = new Asked(new Source("", "", ""), new Statements.Statement("SELECT 1", 1));
        return ask(List.of(nothing)) == null;
    }

    private @Nullable SQLException ask(List<Asked> batch) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(
                    block(batch.stream().map(asked -> asked.statement().sql()).toList()));
            return null;
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state == null || NOT_THE_TEXT.contains(state.substring(0, 2))) {
                throw e;
            }
            return e;
        } finally {
            session.rollback();
        }
    }

    private static String block(List<String> statements) {
        // Caught here, the division by zero does not fill the server's log.
        return "DO LANGUAGE plpgsql "
                + quoted("BEGIN EXECUTE " + quoted(FAILS + String.join("\n;\n", statements))
                        + "; EXCEPTION WHEN division_by_zero THEN NULL; END");
    }

    private static String quoted(String text) {
        int number = 0;
        while (text.contains("$belay" + number + "$")) {
            number++;
        }
        // A dollar sign at the end of the text would be taken for the first of the closing tag.
        return "$belay" + number + "$" + text + "\n$belay" + number + "$";
    }

    private void add(Asked asked, SQLException fault) {
        String sql = asked.statement().sql();
        int position = Math.min(position(fault), sql.length());
        int line = asked.statement().line()
                + (int) sql.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        add(asked, line, message(sql, fault));
    }

    private void add(Asked asked, int line, String message) {
        Source script = asked.script();
        findings.add(new Finding(
                script.module(),
                script.file(),
                line,
                Statements.beginning(asked.statement().sql()),
                message));
    }

    /** Where in the statement the fault is; 0 when PostgreSQL does not say. */
    private static int position(SQLException fault) {
        ServerErrorMessage server = fault instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null || server.getInternalQuery() == null || server.getInternalPosition() == 0) {
            return 0;
        }
        String asked = server.getInternalQuery();
        int characters = Math.min(server.getInternalPosition() - 1, asked.codePointCount(0, asked.length()));
        return Math.max(0, asked.offsetByCodePoints(0, characters) - FAILS.length());
    }

    private static String message(String sql, SQLException fault) {
        String told = blotted(SqlStates.message(fault));
        if (sql.startsWith("\\")) {
            return told + " Commands of psql, which begin with a backslash, do nothing here.";
        }
        Matcher word = WORD.matcher(sql);
        if (word.find() && PLPGSQL.contains(word.group().toUpperCase(Locale.ROOT))) {
            return told + " " + word.group() + " is a statement of PL/pgSQL, not of SQL: it belongs into a function or"
                    + " between DO $$ BEGIN and END $$.";
        }
        return told;
    }

    /** The word at which PostgreSQL stumbled may be a literal with data in it, or all the rest of a script. */
    private static String blotted(String message) {
        Matcher near = NEAR.matcher(message);
        if (!near.find()) {
            return message;
        }
        String word = near.group(1);
        boolean mayBeData =
                message.startsWith("unterminated") || word.length() > 63 || word.contains("'") || word.startsWith("$");
        return mayBeData ? message.substring(0, near.start()) + "." + message.substring(near.end()) : message;
    }
}
