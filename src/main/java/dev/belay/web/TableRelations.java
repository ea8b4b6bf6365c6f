package dev.belay.web;

import dev.belay.catalog.Relations;
import dev.belay.catalog.RelationsReader;
import dev.belay.catalog.TableName;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the one table that a client means, and what hangs on it. */
final class TableRelations {

    private static final int NETWORK_TIMEOUT_MILLIS = 20_000;

    private TableRelations() {}

    static Relations read(ManagedDatabase database, @Nullable String table) {
        if (table == null || table.isBlank()) {
            throw ProblemType.invalidParameter("table", "must name a table, such as public.constituents_student");
        }
        try (Connection session = database.address().open()) {
            session.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            TableName found = one(TableName.find(session, table), database.name());
            return RelationsReader.read(session, found.schema(), found.table());
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static TableName one(List<TableName> found, String database) {
        if (found.isEmpty()) {
            throw ProblemType.NOT_FOUND.because(
                    "The database " + database
                            + " has no table of that name. Names are compared as they are, capitals included. Nothing was done.");
        }
        if (found.size() > 1) {
            throw ProblemType.invalidParameter(
                    "table",
                    "must have its schema, because there is more than one: "
                            + found.stream().map(TableName::toString).toList());
        }
        return found.get(0);
    }

    private static ProblemException refused(SQLException e) {
        String said = "PostgreSQL said: " + SqlStates.message(e) + " Nothing was changed. ";
        return SqlStates.isConnectionTrouble(e)
                ? ProblemType.DATABASE_UNREACHABLE.because(said + "Ask again once the server answers.", e)
                : ProblemType.DATABASE_ERROR.because(said + "Check the rights of Belay's role on that server.", e);
    }
}
