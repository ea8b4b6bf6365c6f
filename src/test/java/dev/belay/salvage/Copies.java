package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.TestPostgres;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The databases of one seed on the test server: made, cloned, dropped. Making one is what costs most of a seed's time. */
final class Copies implements AutoCloseable {

    /** As often as this the catalog of a database bears being emptied. */
    private static final int USES = 40;

    private static final Map<String, Integer> USED = new ConcurrentHashMap<>();

    private final DatabaseAdmin admin;
    private final String prefix;
    private final List<String> names = new ArrayList<>();

    Copies(long seed) throws SQLException {
        this.admin = new DatabaseAdmin(TestPostgres.server());
        this.prefix = "way_" + seed + "_";
    }

    DatabaseAddress empty(String name) throws SQLException {
        names.add(prefix + name);
        return clone("template0", prefix + name);
    }

    DatabaseAddress copy(DatabaseAddress of, String name) throws SQLException {
        waitUntilLeft(of);
        names.add(prefix + name);
        return clone(of.name(), prefix + name);
    }

    /** One that this thread has used before, emptied; nothing may be cloned from it. */
    DatabaseAddress emptied(String name) throws SQLException {
        String database = "way_" + Thread.currentThread().getId() + "_again_" + name;
        int uses = USED.merge(database, 1, Integer::sum);
        if (uses % USES == 1) {
            return clone("template0", database);
        }
        DatabaseAddress address = TestPostgres.server().database(database);
        try (Session session = new Session(address)) {
            session.execute(List.of(
                    "SET client_min_messages = warning",
                    "DROP SCHEMA IF EXISTS public, moved, \"odd Schema\", belay_salvage CASCADE",
                    "CREATE SCHEMA public"));
        }
        return address;
    }

    private DatabaseAddress clone(String template, String database) throws SQLException {
        admin.drop(database);
        admin.cloneFrom(template, database, TestPostgres.server().user());
        return TestPostgres.server().database(database);
    }

    /**
     * Returns when nobody is connected. PostgreSQL itself looks only ten times a second whether a session is gone that has
     * just been closed; and it is still there for a moment when it is no longer shown.
     */
    void waitUntilLeft(DatabaseAddress database) throws SQLException {
        String ask = "SELECT pg_sleep(0.003) FROM pg_stat_activity WHERE datname = " + literal(database.name());
        try (Statement statement = admin.session().createStatement()) {
            boolean left = false;
            for (int i = 0; i < 1000 && !left; i++) {
                try (ResultSet rows = statement.executeQuery(ask)) {
                    left = !rows.next();
                }
            }
            statement.execute("SELECT pg_sleep(0.003)");
        }
    }

    @Override
    public void close() throws SQLException {
        for (String name : names) {
            admin.drop(name);
        }
        admin.close();
    }
}
