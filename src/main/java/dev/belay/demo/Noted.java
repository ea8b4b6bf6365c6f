package dev.belay.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** What the demo noted for itself before anything was changed. */
record Noted(KnownRows rows, SchemaText schema) {

    static Noted take(School school) throws SQLException {
        try (Connection session = school.connect()) {
            return new Noted(KnownRows.take(session), SchemaText.read(session));
        }
    }

    String shown() {
        return rows.tables() + " tables, " + Text.count(rows.rows()) + " rows, "
                + Text.count(schema.objects().size()) + " objects of the schema";
    }
}
