package dev.belay.database;

import dev.belay.postgres.Identifiers;
import java.util.Map;
import java.util.Set;

/**
 * Where the application keeps its groups, permissions and users. Everything goes by Django's names; the maps say what the
 * application calls it where that differs.
 *
 * @param groups whether it keeps groups and permissions at all; else roles are PostgreSQL's alone
 * @param schema where the tables are
 * @param tables Django's name of a table to the application's
 * @param columns Django's name of a table, and of a column in it, to the application's name of the column
 */
public record AuthTables(
        boolean groups, String schema, Map<String, String> tables, Map<String, Map<String, String>> columns) {

    public static final AuthTables DJANGO = new AuthTables(true, "public", Map.of(), Map.of());

    /** What Belay reads and writes: Django's names. */
    static final Map<String, Set<String>> KNOWN = Map.of(
            "auth_group", Set.of("id", "name"),
            "auth_permission", Set.of("id", "name", "codename", "content_type_id"),
            "auth_group_permissions", Set.of("group_id", "permission_id"),
            "django_content_type", Set.of("id", "app_label", "model"),
            "auth_user",
                    Set.of(
                            "username",
                            "password",
                            "email",
                            "first_name",
                            "last_name",
                            "is_superuser",
                            "is_staff",
                            "is_active",
                            "date_joined"));

    public AuthTables {
        tables = Map.copyOf(tables);
        columns = Map.copyOf(columns);
    }

    /** The application's name of a table, without its schema. */
    public String name(String table) {
        return tables.getOrDefault(table, table);
    }

    /** The application's name of a column. */
    public String columnName(String table, String column) {
        return columns.getOrDefault(table, Map.of()).getOrDefault(column, column);
    }

    /** The table as it is written in SQL. */
    public String table(String table) {
        return Identifiers.quote(schema) + "." + Identifiers.quote(name(table));
    }

    /** The column as it is written in SQL. */
    public String column(String table, String column) {
        return Identifiers.quote(columnName(table, column));
    }
}
