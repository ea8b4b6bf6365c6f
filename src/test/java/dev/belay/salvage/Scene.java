package dev.belay.salvage;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.TestPostgres;
import dev.belay.scope.Comparison;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that was backed up, migrated and written to, with all that a merge needs beside it. */
final class Scene {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Merge.Databases databases;
    private final UUID job = UUID.randomUUID();
    private Merge merge;

    private Scene(Merge.Databases databases) {
        this.databases = databases;
        this.merge = merge(false);
    }

    /** @param migration one statement, or several with semicolons between them */
    static Scene of(String before, String migration) {
        String name = "scene_" + COUNT.incrementAndGet();
        DatabaseAddress golden = TestPostgres.freshDatabase(name);
        TestPostgres.execute(golden, before);
        Scene scene = new Scene(new Merge.Databases(
                TestPostgres.freshDatabase(name + "_live", golden),
                TestPostgres.freshDatabase(name + "_migrated", golden),
                TestPostgres.freshDatabase(name + "_again", golden),
                TestPostgres.freshDatabase(name + "_backup", golden),
                TestPostgres.freshDatabase(name + "_successor", golden)));
        if (!migration.isEmpty()) {
            for (DatabaseAddress migrated :
                    List.of(scene.databases.live(), scene.databases.migrated(), scene.again())) {
                TestPostgres.execute(migrated, migration);
            }
        }
        return scene;
    }

    Scene write(String... statements) {
        TestPostgres.execute(databases.live(), statements);
        return this;
    }

    SalvageReport carry() {
        try {
            return merge.carry();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As after a restart of the service: what was seen so far is not known any more. */
    Scene forget() {
        merge = merge(true);
        return this;
    }

    /** The rows that a query finds in the restored copy, their columns separated by a bar. */
    List<String> restored(String query) {
        return ask(databases.successor(), query);
    }

    /** The rows that are kept of a table, with the reasons. */
    List<String> kept(String columns, String table) {
        String name = restored("SELECT name FROM belay_salvage.contents WHERE origin = '" + table + "' AND job = '"
                        + job + "'")
                .get(0);
        return restored("SELECT " + columns + ", belay_reason FROM belay_salvage.\"" + name + "\" ORDER BY 1");
    }

    private DatabaseAddress again() {
        return java.util.Objects.requireNonNull(databases.again());
    }

    private Merge merge(boolean wasBegun) {
        return new Merge(databases, new Comparison(List.of()), job, Monitor.none(), wasBegun);
    }

    private static List<String> ask(DatabaseAddress database, String query) {
        try (Connection session = database.openPlain();
                Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getString(i)));
                }
                found.add(String.join("|", columns));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
