package dev.belay.stage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/** The schema {@code public} as PostgreSQL itself writes it out, one line an object. */
public record SchemaText(Set<String> objects) {

    private static final String OBJECTS = """
            SELECT format('column %s.%s %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                          a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid))
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('%s %s of %s: %s', c.relkind, c.relname, c.relowner::regrole, obj_description(c.oid, 'pg_class'))
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT 'trigger ' || pg_get_triggerdef(t.oid)
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace
            WHERE NOT t.tgisinternal
            UNION ALL
            SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL
            SELECT format('view %s %s', viewname, definition) FROM pg_views WHERE schemaname = 'public'""";

    public static SchemaText read(Connection session) throws SQLException {
        Set<String> objects = new TreeSet<>();
        try (Statement statement = session.createStatement();
                ResultSet rows = statement.executeQuery(OBJECTS)) {
            while (rows.next()) {
                objects.add(rows.getString(1));
            }
        }
        return new SchemaText(objects);
    }

    /** How many objects are here and there alike, and what is only here or only there. */
    public String compare(SchemaText later) {
        Set<String> same = new TreeSet<>(objects);
        same.retainAll(later.objects);
        return told(same.size()) + only(" gone", objects, later.objects) + only(" new", later.objects, objects);
    }

    /** What {@link #compare} tells when nothing differs. */
    public String expected() {
        return told(objects.size());
    }

    private static String told(int objects) {
        return Text.count(objects) + " columns, indexes, constraints and other objects alike";
    }

    private static String only(String what, Set<String> here, Set<String> there) {
        Set<String> only = new TreeSet<>(here);
        only.removeAll(there);
        return only.isEmpty()
                ? ""
                : "; " + only.size() + what + ", such as: " + only.iterator().next();
    }
}
