package dev.belay.stage;

import java.sql.Connection;
import java.sql.SQLException;

/** What the demo noted for itself before anything was changed. */
public record Noted(KnownRows rows, SchemaText schema) {

    public static Noted take(Connection session, KnownRows.Changing changing) throws SQLException {
        return new Noted(KnownRows.take(session, changing), SchemaText.read(session));
    }

    public String shown() {
        return rows.tables() + " tables, " + Text.count(rows.rows()) + " rows, "
                + Text.count(schema.objects().size()) + " objects of the schema";
    }
}
