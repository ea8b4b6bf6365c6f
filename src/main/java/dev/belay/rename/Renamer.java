package dev.belay.rename;

import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;

/** Writes the scripts of a rename, and of its contract. */
public final class Renamer {

    private static final int LONGEST = 63;

    private Renamer() {}

    /**
     * Reads the catalog and Django's rows; changes nothing.
     *
     * @param session with an empty search path, so that names come out qualified
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when it cannot be done as it was asked for, with the reason
     */
    public static RenameScripts write(Connection session, RenameRequest request) throws SQLException {
        requireName(request.to());
        if (request.columns() != null) {
            request.columns().forEach(column -> requireName(column.to()));
        }
        if (request.isContract()) {
            return new Contract(session, request).write();
        }
        return request.column() == null
                ? new TableRename(session, request).write()
                : new ColumnRename(session, request).write();
    }

    private static void requireName(String name) {
        if (name.isEmpty()
                || name.indexOf('\0') >= 0
                || !Identifiers.shortened(name, LONGEST).equals(name)) {
            throw ProblemType.INVALID_REQUEST.because(
                    "\"" + name + "\" cannot be a name in PostgreSQL: it must have 1 to " + LONGEST
                            + " bytes. Nothing was written.");
        }
    }
}
