package dev.belay.ownership;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is there at one moment, and what of it uses what; neither PostgreSQL's own nor an extension's. */
record Structure(Map<Thing.Key, Thing> things, Set<Use> uses) {

    static Structure read(Connection session) throws SQLException {
        Map<Thing.Key, Thing> things = new LinkedHashMap<>();
        Set<Use> uses = new HashSet<>();
        try (Statement statement = session.createStatement()) {
            try (ResultSet rows = statement.executeQuery(sql("things"))) {
                while (rows.next()) {
                    Thing thing = new Thing(rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getString(4));
                    things.put(thing.key(), thing);
                }
            }
            try (ResultSet rows = statement.executeQuery(sql("uses"))) {
                while (rows.next()) {
                    Use use = new Use(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            new Thing.Key(rows.getLong(4), rows.getLong(5)),
                            new Thing.Key(rows.getLong(6), rows.getLong(7)));
                    if (things.containsKey(use.user()) && things.containsKey(use.used())) {
                        uses.add(use);
                    }
                }
            }
        }
        return new Structure(things, uses);
    }

    private static String sql(String name) {
        try (InputStream file = Structure.class.getResourceAsStream(name + ".sql")) {
            if (file == null) {
                throw new IllegalStateException("no query named " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
