package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.catalog.ColumnIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Carries over what earlier ways back have kept in the live database: under the names it has there. */
final class EarlierSalvage {

    private final Sessions sessions;

    EarlierSalvage(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Whether a table is one of those, and so no table of the application. */
    static boolean has(Layout.Table table) {
        return table.identity().schema().equals(SalvageSchema.NAME);
    }

    void carry(Layout live) throws SQLException {
        if (live.tables().values().stream().noneMatch(EarlierSalvage::has)) {
            return;
        }
        Set<String> there = Layout.read(sessions.successor()).tables().values().stream()
                .filter(EarlierSalvage::has)
                .map(table -> table.identity().name())
                .collect(Collectors.toUnmodifiableSet());
        Map<String, SalvageSchema.Entry> entries = SalvageSchema.entries(sessions.live()).stream()
                .collect(Collectors.toMap(SalvageSchema.Entry::name, entry -> entry));
        for (Layout.Table table : live.tables().values()) {
            String name = table.identity().name();
            if (has(table) && !there.contains(name) && !name.equals(SalvageSchema.CONTENTS_NAME)) {
                copy(table);
                if (entries.containsKey(name)) {
                    SalvageSchema.register(sessions.successor(), entries.get(name));
                }
            }
        }
    }

    private void copy(Layout.Table table) throws SQLException {
        String name = table.identity().name();
        Connection target = sessions.successor();
        SalvageSchema.prepare(target);
        List<ColumnIdentity> columns = table.identity().columns();
        List<String> names = columns.stream().map(ColumnIdentity::name).toList();
        List<String> definitions = new ArrayList<>();
        for (ColumnIdentity column : columns) {
            definitions.add(quote(column.name()) + " " + SalvageSchema.typeOf(target, column));
        }
        try (Statement statement = target.createStatement()) {
            statement.execute(
                    "CREATE TABLE " + SalvageSchema.qualified(name) + " (" + String.join(", ", definitions) + ")");
        }
        Rows rows = new Rows(table.identity().qualifiedName(), names, names, names);
        String into = SalvageSchema.qualified(name) + " ("
                + String.join(", ", names.stream().map(column -> quote(column)).toList()) + ")";
        try (RowCursor cursor = RowCursor.open(sessions.live(), rows, 1, List.of(0));
                CopyText copy = CopyText.into(target, into)) {
            for (RowCursor.Row row = cursor.head(); row != null; row = cursor.head()) {
                copy.row(row.values());
                cursor.next();
            }
            var unused = copy.end();
        }
    }
}
