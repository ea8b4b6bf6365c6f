package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.salvage.Contents.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in the schema belay_salvage, by the written name of the live table that it comes from. */
record Salvaged(Map<String, List<Row>> rows) {

    static Salvaged read(DatabaseAddress database) throws SQLException {
        try (Session session = new Session(database)) {
            Map<String, List<Row>> rows = new HashMap<>();
            if (session.column("SELECT to_regclass('belay_salvage.contents')").isEmpty()) {
                return new Salvaged(rows);
            }
            for (List<?> entry : session.ask("SELECT name, origin FROM belay_salvage.contents")) {
                String table = "belay_salvage." + quote(String.valueOf(entry.get(0)));
                List<String> columns = session.column("SELECT attname FROM pg_attribute WHERE attrelid = "
                        + literal(table) + "::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
                rows.computeIfAbsent(String.valueOf(entry.get(1)), origin -> new ArrayList<>())
                        .addAll(Contents.rows(session, table, columns));
            }
            return new Salvaged(rows);
        }
    }

    /** Where the report says something else than there is. */
    List<String> differences(List<TableReport> reports) {
        Map<String, Long> reported = new TreeMap<>();
        reports.stream()
                .filter(report -> report.kept() > 0)
                .forEach(report -> reported.put(report.table(), report.kept()));
        Map<String, Long> kept = new TreeMap<>();
        rows.forEach((table, of) -> kept.put(table, (long) of.size()));
        return reported.equals(kept)
                ? List.of()
                : List.of("the report has kept " + reported + ", and kept are " + kept);
    }

    /** Those of a live table, and of its partitions. */
    List<Row> of(Shape.Table table) {
        List<Row> all = new ArrayList<>();
        table.written().forEach(name -> all.addAll(rows.getOrDefault(name, List.of())));
        return all;
    }
}
