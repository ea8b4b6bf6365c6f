package dev.belay.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pins, within the current transaction, every setting that changes how PostgreSQL writes names and values, and puts back
 * what was before: so a catalog may also be read in the middle of a transaction that runs a project's scripts.
 */
final class PinnedText implements AutoCloseable {

    private static final Map<String, String> SETTINGS = settings();

    private final Connection connection;
    private final Map<String, String> before;

    private PinnedText(Connection connection, Map<String, String> before) {
        this.connection = connection;
        this.before = before;
    }

    static PinnedText in(Connection connection) throws SQLException {
        PinnedText pinned = new PinnedText(connection, current(connection));
        pinned.set(SETTINGS);
        return pinned;
    }

    @Override
    public void close() throws SQLException {
        set(before);
    }

    private static Map<String, String> current(Connection connection) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT name, pg_catalog.current_setting(name)"
                + " FROM pg_catalog.unnest(?::text[]) AS asked(name)")) {
            query.setArray(1, connection.createArrayOf("text", SETTINGS.keySet().toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return values;
    }

    private void set(Map<String, String> values) throws SQLException {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        String call = String.join(
                ", ",
                values.keySet().stream()
                        .map(name -> "pg_catalog.set_config(?, ?, true)")
                        .toList());
        try (PreparedStatement query = connection.prepareStatement("SELECT " + call)) {
            for (int i = 0; i < pairs.size(); i++) {
                query.setString(i + 1, pairs.get(i));
            }
            query.execute();
        }
    }

    /**
     * lc_monetary: money is written with the server's currency otherwise. jit: changes no text, but compiling the query
     * for publications takes twenty times as long as running it.
     */
    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("search_path", "");
        settings.put("quote_all_identifiers", "off");
        settings.put("TimeZone", "UTC");
        settings.put("DateStyle", "ISO, YMD");
        settings.put("IntervalStyle", "postgres");
        settings.put("bytea_output", "hex");
        settings.put("extra_float_digits", "1");
        settings.put("lc_monetary", "C");
        settings.put("jit", "off");
        return settings;
    }
}
