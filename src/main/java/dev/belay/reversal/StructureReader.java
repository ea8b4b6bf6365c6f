package dev.belay.reversal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Structure} within the session's transaction. What an extension brought along is not in it. */
final class StructureReader {

    private static final List<String> QUERIES = List.of("relations", "columns", "parts", "types", "others");
    private static final String EXTENSIONS =
            "SELECT classid::regclass::text, objid::bigint FROM pg_depend WHERE deptype = 'e'";
    private static final String SALVAGE = "belay_salvage";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TRAITS = new TypeReference<>() {};

    private final Connection session;
    private final Set<String> leaveOut;

    StructureReader(Connection session, Set<String> leaveOut) {
        this.session = session;
        this.leaveOut = Set.copyOf(leaveOut);
    }

    Structure read() throws SQLException {
        try (Statement statement = session.createStatement()) {
            // names are written qualified, and so they mean the same on any search path
            statement.execute(
                    "SET LOCAL search_path = ''; SET LOCAL jit = off; SET LOCAL quote_all_identifiers = off;"
                            + " SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = postgres; SET LOCAL TimeZone = 'UTC'");
            statement.execute(load("acl"));
            Map<ObjectKey, SchemaObject> objects = new LinkedHashMap<>();
            for (String query : QUERIES) {
                read(statement, query, objects);
            }
            withoutOthers(statement, objects);
            return new Structure(objects, uses(statement, objects), Tally.NONE);
        }
    }

    private static void read(Statement statement, String query, Map<ObjectKey, SchemaObject> objects)
            throws SQLException {
        try (ResultSet row = statement.executeQuery(load(query))) {
            while (row.next()) {
                ObjectKey key = new ObjectKey(row.getString("catalog"), row.getLong("oid"), row.getInt("sub"));
                String parent = row.getString("parent_catalog");
                objects.put(
                        key,
                        new SchemaObject(
                                key,
                                Kind.valueOf(row.getString("kind")),
                                row.getLong("schema_oid"),
                                Objects.requireNonNullElse(row.getString("schema"), ""),
                                row.getString("name"),
                                parent == null ? null : new ObjectKey(parent, row.getLong("parent_oid"), 0),
                                traits(row.getString("traits"))));
            }
        }
    }

    private void withoutOthers(Statement statement, Map<ObjectKey, SchemaObject> objects) throws SQLException {
        Set<ObjectKey> out = new HashSet<>();
        try (ResultSet row = statement.executeQuery(EXTENSIONS)) {
            while (row.next()) {
                out.add(new ObjectKey(row.getString(1), row.getLong(2), 0));
            }
        }
        objects.values().stream()
                .filter(object -> leaveOut.contains((object.schema() + "." + object.name()).replace("\"", ""))
                        || object.schema().equals(SALVAGE)
                        || (object.kind() == Kind.SCHEMA && object.name().equals(SALVAGE)))
                .forEach(object -> out.add(object.key()));
        objects.values()
                .removeIf(object ->
                        out.contains(object.key()) || out.contains(object.key().whole()));
        objects.values().removeIf(object -> object.parent() != null && !objects.containsKey(object.parent()));
    }

    private static Map<ObjectKey, Set<ObjectKey>> uses(Statement statement, Map<ObjectKey, SchemaObject> objects)
            throws SQLException {
        Map<ObjectKey, Set<ObjectKey>> uses = new HashMap<>();
        try (ResultSet row = statement.executeQuery(load("dependencies"))) {
            while (row.next()) {
                ObjectKey user = known(objects, row.getString(1), row.getLong(2), row.getInt(3));
                ObjectKey used = known(objects, row.getString(4), row.getLong(5), row.getInt(6));
                if (user != null && used != null) {
                    Set<ObjectKey> all = uses.computeIfAbsent(user, key -> new HashSet<>());
                    // who uses a column uses its table or view
                    all.add(used);
                    all.add(used.whole());
                    all.remove(user);
                }
            }
        }
        for (SchemaObject object : objects.values()) {
            if (object.parent() != null) {
                uses.computeIfAbsent(object.key(), key -> new HashSet<>()).add(object.parent());
            }
        }
        return uses;
    }

    private static @Nullable ObjectKey known(Map<ObjectKey, SchemaObject> objects, String catalog, long oid, int sub) {
        ObjectKey key = new ObjectKey(catalog, oid, sub);
        if (objects.containsKey(key)) {
            return key;
        }
        return objects.containsKey(key.whole()) ? key.whole() : null;
    }

    private static Map<String, String> traits(String json) {
        try {
            return JSON.readValue(json, TRAITS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String load(String name) {
        try (InputStream file = StructureReader.class.getResourceAsStream(name + ".sql")) {
            return new String(
                    Objects.requireNonNull(file, "no query named " + name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
