package dev.belay.rename;

import dev.belay.postgres.Identifiers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which names are taken where, while names change. */
final class Taken {

    private static final int LONGEST = 63;
    private static final String RELATIONS = "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace UNION"
            + " SELECT n.nspname, t.typname FROM pg_catalog.pg_type t"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typelem = 0 OR t.typlen <> -1";
    private static final String FUNCTIONS = "SELECT n.nspname, p.proname FROM pg_catalog.pg_proc p"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace";

    private final Set<List<String>> names = new HashSet<>();

    static Taken in(Connection session) throws SQLException {
        Taken taken = new Taken();
        try (Statement statement = session.createStatement()) {
            taken.read(statement, "relation", RELATIONS);
            taken.read(statement, "function", FUNCTIONS);
        }
        return taken;
    }

    private void read(Statement statement, String space, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(List.of(space, rows.getString(1), rows.getString(2)));
            }
        }
    }

    /** What names a table's parts have that need only be unique within it. */
    void add(Table table) {
        table.parts().forEach(part -> names.add(List.of(space(part), place(table, part), part.name())));
    }

    boolean hasRelation(String schema, String name) {
        return names.contains(List.of("relation", schema, name));
    }

    String relation(String schema, String wanted) {
        return claim("relation", schema, wanted);
    }

    String function(String schema, String wanted) {
        return claim("function", schema, wanted);
    }

    /** For a constraint without index, or a trigger. */
    String within(Table table, Part.Kind kind, String wanted) {
        return claim(kind.name(), table.sql(), wanted);
    }

    void free(String schema, String relation) {
        names.remove(List.of("relation", schema, relation));
    }

    /** Gives a part a name like the wanted one that nobody has, and lets its old one go. */
    String rename(Table table, Part part, String wanted) {
        List<String> old = List.of(space(part), place(table, part), part.name());
        names.remove(old);
        return claim(space(part), place(table, part), wanted);
    }

    private static String space(Part part) {
        return switch (part.kind()) {
            case SEQUENCE, INDEX -> "relation";
            case CONSTRAINT ->
                part.type().matches("[pux]") ? "relation" : part.kind().name();
            case TRIGGER, POLICY, RULE, STATISTICS -> part.kind().name();
        };
    }

    private static String place(Table table, Part part) {
        return space(part).equals("relation") || part.kind() == Part.Kind.STATISTICS ? part.schema() : table.sql();
    }

    private String claim(String space, String place, String wanted) {
        String name = wanted;
        for (int i = 1; !names.add(List.of(space, place, name)); i++) {
            String end = String.valueOf(i);
            name = Identifiers.shortened(wanted, LONGEST - end.getBytes(StandardCharsets.UTF_8).length) + end;
        }
        return name;
    }
}
