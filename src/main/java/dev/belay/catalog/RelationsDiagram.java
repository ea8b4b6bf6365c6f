package dev.belay.catalog;

import dev.belay.diagram.Diagram;
import dev.belay.diagram.Diagram.Column;
import java.util.List;
import java.util.Locale;

/** Draws what hangs on tables: those that refer to them on the left, what they refer to and what reads them on the right. */
public final class RelationsDiagram {

    private final Diagram.Builder diagram = new Diagram.Builder();

    private RelationsDiagram() {}

    public static Diagram of(List<Relations> tables) {
        RelationsDiagram drawing = new RelationsDiagram();
        tables.forEach(table -> drawing.diagram.box(table.table(), "table", Column.MIDDLE));
        tables.forEach(drawing::add);
        return drawing.diagram.build();
    }

    private void add(Relations table) {
        table.referencedBy().forEach(key -> {
            diagram.box(key.table(), "table", Column.LEFT);
            key(key);
        });
        table.references().forEach(key -> {
            diagram.box(key.referencedTable(), "table", Column.RIGHT);
            key(key);
        });
        table.partitions().forEach(name -> related(name, "partition", table.table(), "part of"));
        table.children().forEach(name -> related(name, "child", table.table(), "inherits"));
        table.views()
                .forEach(view -> dependent(table, view.name(), view.materialized() ? "materialized view" : "view"));
        table.functions()
                .forEach(function -> dependent(
                        table,
                        function.name(),
                        "function, "
                                + function.use().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        table.publications().forEach(name -> dependent(table, name, "publication"));
    }

    private void key(Relations.ForeignKey key) {
        diagram.arrow(
                key.table(), key.referencedTable(), String.join(", ", key.columns()) + " ON DELETE " + key.onDelete());
    }

    private void related(String name, String note, String table, String label) {
        diagram.box(name, note, Column.LEFT);
        diagram.arrow(name, table, label);
    }

    private void dependent(Relations table, String name, String note) {
        diagram.box(name, note, Column.RIGHT);
        diagram.arrow(name, table.table(), "depends on");
    }
}
