package dev.belay.script;

import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogObject;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Patient;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Removes what an attempt at a script left in a managed database, if that can be done without harm. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Leftovers() {}

    /**
     * Ends the sessions of an earlier attempt at the job, which outlive a killed process, and waits until they are gone. A
     * server that is away is waited for: what happened can only be told by looking.
     */
    public static void endSessions(ManagedDatabase database, UUID job) throws SQLException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // What has just failed may have failed because the server is restarting.
        try (Connection session = Patient.open(database.address(), PATIENCE, Monitor.none());
                PreparedStatement statement =
                        session.prepareStatement("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = ?")) {
            statement.setString(1, "belay " + job);
            while (running(statement) > 0) {
                if (System.nanoTime() > deadline) {
                    throw ProblemType.CONFLICT.because(
                            "A session of an earlier attempt at this job does not end" + " (application_name 'belay "
                                    + job + "'). Nothing more was done. End it, then ask again.");
                }
                Patient.pause(Duration.ofMillis(100));
            }
        }
    }

    private static int running(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Drops the INVALID indexes that were not there before: what a broken CREATE INDEX CONCURRENTLY leaves behind. */
    public static void dropInvalidIndexes(ManagedDatabase database, Catalog before) throws SQLException {
        Set<String> old = invalid(before);
        try (Connection session = database.address().open();
                Statement statement = session.createStatement()) {
            for (String index : invalid(CatalogReader.read(session))) {
                if (!old.contains(index)) {
                    statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index);
                }
            }
        }
    }

    /** Removes history rows of scripts that failed and left nothing. */
    public static void removeFailedRows(ManagedDatabase database, Scope scope) throws SQLException {
        try (Connection session = database.address().open()) {
            for (Scope.Part part : scope.parts()) {
                new HistoryTable(part.module()).removeFailed(session);
            }
        }
    }

    private static Set<String> invalid(Catalog catalog) {
        return catalog.objects().stream()
                .filter(object -> object.type().equals("invalid index"))
                .map(CatalogObject::identity)
                .collect(Collectors.toSet());
    }
}
