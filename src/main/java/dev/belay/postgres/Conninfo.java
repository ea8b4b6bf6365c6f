package dev.belay.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A libpq connection string with every value quoted. It is given to a program with {@code -d}, never as a bare name:
 * pg_dump takes a database called {@code host=evil} for a connection string and contacts evil.
 */
final class Conninfo {

    private Conninfo() {}

    static String of(DatabaseAddress database, Path passwordFile) {
        ServerAddress server = database.server();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("host", server.host());
        values.put("port", String.valueOf(server.port()));
        values.put("user", server.user());
        values.put("dbname", database.name());
        values.putAll(server.tls().settings());
        values.put("passfile", passwordFile.toString());
        values.put("connect_timeout", "10");
        return values.entrySet().stream()
                .map(value -> value.getKey() + "='" + escape(value.getValue()) + "'")
                .collect(Collectors.joining(" "));
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("'", "\\'");
    }
}
