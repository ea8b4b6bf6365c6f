package dev.belay.masking;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.catalog.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks into columns whose names tell nothing for values that look like somebody's address. */
final class ContentLook {

    private static final Set<String> DOCUMENTS = Set.of("json", "jsonb", "xml", "hstore");

    /** A cheap test first: most values have no such sign in them at all. */
    private static final Map<String, String> SIGNS = new TreeMap<>(Map.of(
            "e-mail addresses",
            "strpos(%1$s, '@') > 0 AND %1$s ~ '[[:alnum:]._%%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)*[.][[:alpha:]]{2,}'",
            "telephone numbers",
            "strpos(%1$s, '+') > 0 AND %1$s ~ '(^|[^[:alnum:]/+])[+][0-9][0-9 ()./-]{5,18}[0-9]'",
            "IP addresses",
            "%1$s ~ '^([0-9]{1,3}[.]){3}[0-9]{1,3}$'"));

    private ContentLook() {}

    static boolean canRead(Column column) {
        return !column.computed()
                && (column.isText() || column.category().equals("A") || DOCUMENTS.contains(column.base()));
    }

    /** The columns of a table that hold such values, with what they hold. */
    static Map<Column, String> find(Connection session, TableName table, List<Column> columns) throws SQLException {
        Map<Column, String> found = new TreeMap<>(
                (one, other) -> one.id().toString().compareTo(other.id().toString()));
        if (columns.isEmpty()) {
            return found;
        }
        String questions = columns.stream()
                .flatMap(column -> SIGNS.values().stream()
                        .map(sign -> "bool_or("
                                + String.format(
                                        Locale.ROOT, sign, quote(column.id().column()) + "::text")
                                + ")"))
                .collect(Collectors.joining(", "));
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT " + questions + " FROM ONLY " + quote(table.schema()) + "." + quote(table.table()))) {
            row.next();
            int at = 1;
            for (Column column : columns) {
                for (String sign : SIGNS.keySet()) {
                    if (row.getBoolean(at++)) {
                        found.putIfAbsent(column, "values like " + sign);
                    }
                }
            }
        }
        return found;
    }
}
