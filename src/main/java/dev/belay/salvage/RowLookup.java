package dev.belay.salvage;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads single rows by the text of their keys. */
final class RowLookup {

    private RowLookup() {}

    static Map<String, List<@Nullable String>> byKeys(Connection session, Rows rows, Collection<String> keys)
            throws SQLException {
        List<String> outputs = new ArrayList<>();
        outputs.add(rows.keyText());
        rows.values().forEach(column -> outputs.add(Identifiers.quote(column) + "::text"));
        String sql = "SELECT " + String.join(", ", outputs) + " FROM ONLY " + rows.table() + " WHERE " + rows.keyText()
                + " = ANY (?)";
        Map<String, List<@Nullable String>> found = new HashMap<>();
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            statement.setArray(1, session.createArrayOf("text", keys.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    List<@Nullable String> values = new ArrayList<>();
                    for (int i = 0; i < rows.values().size(); i++) {
                        values.add(row.getString(i + 2));
                    }
                    found.put(row.getString(1), values);
                }
            }
        }
        return found;
    }
}
