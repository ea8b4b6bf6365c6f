package dev.belay.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** Splits a script into statements as the PostgreSQL driver itself does, with the line on which each begins. */
public final class Statements {

    private static final Pattern NEEDS_AUTOCOMMIT =
            Pattern.compile("(?is)^\\s*(?:(?:CREATE|DROP)\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\b"
                    + "|REINDEX\\s+.*\\bCONCURRENTLY\\b|VACUUM\\b|ALTER\\s+SYSTEM\\b|(?:CREATE|DROP)\\s+(?:DATABASE|TABLESPACE)\\b"
                    + "|ALTER\\s+TABLE\\b.*\\bDETACH\\s+PARTITION\\b.*\\bCONCURRENTLY\\b).*");
    private static final Pattern CONTROLS_TRANSACTION =
            Pattern.compile("(?is)\\A(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE"
                    + "|PREPARE(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)+TRANSACTION)\\b");
    private static final Pattern BEGIN_ATOMIC = Pattern.compile(
            "(?is)\\ACREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:FUNCTION|PROCEDURE)\\b[^$]*?\\bBEGIN\\s+ATOMIC\\b"
                    + "(?:.*?;)?\\s*END\\s*;");
    private static final Pattern LEADING_COMMENTS =
            Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)+", Pattern.DOTALL);

    private static final Pattern LITERAL =
            Pattern.compile("'[^']*(?:'|\\z)|\\$(\\w*)\\$.*?(?:\\$\\1\\$|\\z)", Pattern.DOTALL);
    private static final int SHOWN = 120;
    private static final int LOOKED_AT = 2000;

    private Statements() {}

    /**
     * A statement.
     *
     * @param line where it begins in the script, from 1
     */
    public record Statement(String sql, int line) {

        /** Whether PostgreSQL refuses it inside a transaction block. */
        public boolean needsAutocommit() {
            return NEEDS_AUTOCOMMIT.matcher(sql).matches();
        }

        /** Whether it begins or ends a transaction, or a part of one. */
        public boolean controlsTransaction() {
            return CONTROLS_TRANSACTION.matcher(sql).find();
        }
    }

    /** Enough of a statement to recognise it, on one line; literals are blotted out, they may be data. */
    public static String beginning(String sql) {
        String bare = LEADING_COMMENTS.matcher(sql).replaceFirst("");
        String start = bare.length() <= LOOKED_AT ? bare : bare.substring(0, LOOKED_AT);
        String line = LITERAL.matcher(start)
                .replaceAll("'…'")
                .replace("'…''…'", "'…'")
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    public static List<Statement> split(String script) throws SQLException {
        List<Statement> statements = new ArrayList<>();
        int from = 0;
        for (NativeQuery query : Parser.parseJdbcSql(script, true, false, true, false, false)) {
            String sql = query.nativeSql;
            int found = script.indexOf(sql, from);
            int begin = found < 0 ? from : found;
            from = begin + sql.length();
            String bare = LEADING_COMMENTS.matcher(sql).replaceFirst("");
            if (!bare.isBlank()) {
                int skipped = sql.length() - bare.length();
                add(new Statement(bare.stripTrailing(), line(script, begin + skipped)), statements);
            }
        }
        return statements;
    }

    /** The driver does not split anything any more after a function's BEGIN ATOMIC, so its END is found here. */
    private static void add(Statement statement, List<Statement> statements) throws SQLException {
        Matcher function = BEGIN_ATOMIC.matcher(statement.sql());
        if (!function.find()) {
            statements.add(statement);
            return;
        }
        statements.add(new Statement(statement.sql().substring(0, function.end() - 1), statement.line()));
        int lines = statement.line() + line(statement.sql(), function.end()) - 2;
        for (Statement rest : split(statement.sql().substring(function.end()))) {
            statements.add(new Statement(rest.sql(), lines + rest.line()));
        }
    }

    /** Whether the script has statements, and PostgreSQL refuses every one of them inside a transaction block. */
    public static boolean allNeedAutocommit(String script) {
        try {
            List<Statement> statements = split(script);
            return !statements.isEmpty() && statements.stream().allMatch(Statement::needsAutocommit);
        } catch (SQLException e) {
            // What cannot be split is PostgreSQL's to refuse.
            return false;
        }
    }

    /** Replaces {@code ${name}} as Flyway does; nothing when a module declares no placeholders. */
    public static String fill(String sql, Map<String, String> placeholders) {
        String filled = sql;
        for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
            filled = filled.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
        }
        return filled;
    }

    /** The line, from 1, of what follows an offset when white space and comments are skipped. */
    public static int lineOfCode(String script, int offset) {
        Matcher comments = LEADING_COMMENTS.matcher(script).region(offset, script.length());
        return line(script, comments.lookingAt() ? comments.end() : offset);
    }

    private static int line(String script, int offset) {
        return 1
                + (int) script.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
