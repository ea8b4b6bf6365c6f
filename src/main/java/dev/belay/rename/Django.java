package dev.belay.rename;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Django's own rows about a model, where its tables are there. */
final class Django {

    private static final int LONGEST_NAME = 255;

    private final Connection session;
    private final String schema;

    private Django(Connection session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    /**
     * A table's model.
     *
     * @param app its label
     * @param name in lower case, without the app
     */
    record Model(String app, String name) {}

    static Optional<Django> in(Connection session, String schema) throws SQLException {
        for (String candidate : List.of(schema, "public")) {
            Django django = new Django(session, candidate);
            if (django.has("django_content_type")) {
                return Optional.of(django);
            }
        }
        return Optional.empty();
    }

    /** The model of a table that has the name Django gives; empty when there is none. */
    Optional<Model> modelOf(String table) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT app_label, model FROM "
                + sql("django_content_type") + " WHERE app_label || '_' || model = ?")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Model(row.getString(1), row.getString(2))) : Optional.empty();
            }
        }
    }

    /** The model that a table is of if it belongs to an app. */
    static Optional<Model> modelIn(String app, String table) {
        String prefix = app + "_";
        return table.startsWith(prefix) && table.length() > prefix.length()
                ? Optional.of(new Model(app, table.substring(prefix.length())))
                : Optional.empty();
    }

    /** A model that becomes another one. */
    record Change(Model was, Model is, String verboseName) {}

    void rename(Change change, ScriptPair pair) throws SQLException {
        Model was = change.was();
        Model is = change.is();
        if (modelOf(is.app() + "_" + is.name()).isPresent()) {
            pair.remark("Django has a content type " + is.app() + "." + is.name() + " already, so the one of "
                    + was.name() + " was left as it is. Merge the two by hand, or remove the stale one and ask again.");
            return;
        }
        if (has("auth_permission")) {
            permissions(change, pair);
        }
        String types = sql("django_content_type");
        pair.change(
                "UPDATE " + types + " SET model =" + spaced(is.name()) + "\nWHERE app_label =" + spaced(was.app())
                        + " AND model =" + spaced(was.name()),
                "UPDATE " + types + " SET model =" + spaced(was.name()) + "\nWHERE app_label =" + spaced(is.app())
                        + " AND model =" + spaced(is.name()));
    }

    /** While the content type still has its old name: forward before it changes, back after it has changed. */
    private void permissions(Change change, ScriptPair pair) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT p.codename, p.name FROM "
                + sql("auth_permission") + " p JOIN " + sql("django_content_type") + " t ON t.id = p.content_type_id"
                + " WHERE t.app_label = ? AND t.model = ? ORDER BY p.id")) {
            query.setString(1, change.was().app());
            query.setString(2, change.was().name());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    permission(row.getString(1), row.getString(2), change, pair);
                }
            }
        }
    }

    private void permission(String codename, String name, Change change, ScriptPair pair) {
        Model was = change.was();
        if (!codename.endsWith("_" + was.name())) {
            pair.remark("The permission " + was.app() + "." + codename + " is not named after the model and stays.");
            return;
        }
        String action = codename.substring(0, codename.length() - was.name().length() - 1);
        String can = "Can " + action + " ";
        String newCode = action + "_" + change.is().name();
        String newName = name.startsWith(can) ? can + change.verboseName() : name;
        pair.change(
                permissionSql(was, codename, newCode, newName),
                // The content type has its old name again by then.
                permissionSql(was, newCode, codename, name));
    }

    private String permissionSql(Model of, String from, String code, String name) {
        return "UPDATE " + sql("auth_permission") + " SET codename =" + spaced(code) + ", name =" + spaced(name)
                + "\nWHERE codename =" + spaced(from) + " AND content_type_id = (\n    SELECT id FROM "
                + sql("django_content_type") + " WHERE app_label =" + spaced(of.app()) + " AND model ="
                + spaced(of.name()) + ")";
    }

    /** Notes the release's own migration as applied, so that {@code manage.py migrate} finds it done. */
    void note(String app, @Nullable String named, String fragment, ScriptPair pair) throws SQLException {
        if (!has("django_migrations")) {
            return;
        }
        String migration = named == null ? next(app, fragment) : named;
        String table = sql("django_migrations");
        pair.change(
                "INSERT INTO " + table + " (app, name, applied)\nVALUES ("
                        + spaced(app).strip() + "," + spaced(migration) + ", now())",
                "DELETE FROM " + table + " WHERE app =" + spaced(app) + " AND name =" + spaced(migration));
        pair.remark(
                "V notes Django's migration " + app + "." + migration + " as applied, so that manage.py migrate skips"
                        + " it. The new release must have it under just this name"
                        + (named == null ? "; else name it in \"djangoMigration\"." : "."));
    }

    private String next(String app, String fragment) throws SQLException {
        try (PreparedStatement query =
                session.prepareStatement("SELECT coalesce(max(substring(name from '^\\d{4}')::int), 0)" + " FROM "
                        + sql("django_migrations") + " WHERE app = ?")) {
            query.setString(1, app);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String name = String.format(java.util.Locale.ROOT, "%04d_%s", row.getInt(1) + 1, fragment);
                return name.substring(0, Math.min(name.length(), LONGEST_NAME));
            }
        }
    }

    private boolean has(String table) throws SQLException {
        try (PreparedStatement query = session.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            query.setString(1, sql(table));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private String sql(String table) {
        return quote(schema) + "." + quote(table);
    }

    private static String spaced(String value) {
        return " " + literal(value).strip();
    }
}
