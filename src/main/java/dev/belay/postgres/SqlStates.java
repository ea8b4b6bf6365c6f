package dev.belay.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What PostgreSQL's error codes mean to Belay (PostgreSQL documentation, appendix A). */
public final class SqlStates {

    /** What to do where a right is missing. */
    public static final String RIGHTS = "If it is Belay's user that may not do this, deploy/sql/roles.sql gives it the"
            + " rights that it needs on a managed server.";

    private SqlStates() {}

    /** The first SQLException in a chain of causes. */
    public static Optional<SQLException> find(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    /** The connection is lost or could not be made, and it may be possible later. */
    public static boolean isConnectionTrouble(SQLException e) {
        String state = state(e);
        // 08: connection exception; 57P01-57P03: shutdown, crash, cannot connect now; 53300: too many connections.
        return state.startsWith("08")
                || List.of("57P01", "57P02", "57P03", "53300").contains(state);
    }

    /** A lock could not be had in time, or two transactions waited for each other: worth trying again. */
    public static boolean isLockTrouble(SQLException e) {
        return state(e).equals("55P03") || state(e).equals("40P01");
    }

    /** 42501: insufficient privilege. */
    public static boolean isMissingRight(SQLException e) {
        return state(e).equals("42501");
    }

    public static boolean isDiskFull(SQLException e) {
        return state(e).equals("53100");
    }

    /**
     * PostgreSQL's message as one sentence, with its detail and hint but without the context, which may quote data that
     * was being written.
     */
    public static String message(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (server == null) {
            return sentence(String.valueOf(e.getMessage()));
        }
        String hint = server.getHint() == null ? "" : " " + sentence(server.getHint());
        return sentence(String.valueOf(server.getMessage())) + hint;
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static String sentence(String text) {
        String line = text.strip().replaceAll("\\s*\\n\\s*", " ");
        return line.endsWith(".") ? line : line + ".";
    }
}
