package dev.belay.diagram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Boxes and arrows between them. What is called alike is one box.
 *
 * @param boxes in the order in which they were named
 */
public record Diagram(List<Box> boxes, List<Arrow> arrows) {

    public Diagram {
        boxes = List.copyOf(boxes);
        arrows = List.copyOf(arrows);
    }

    /** In which of three columns a box stands; the middle one is what it is all about. */
    public enum Column {
        LEFT(0),
        MIDDLE(1),
        RIGHT(2);

        private final int place;

        Column(int place) {
            this.place = place;
        }
    }

    /**
     * A box.
     *
     * @param label what it is called; may be any text
     * @param note a smaller second line; empty for none
     * @param column in which column it stands, from 0 on the left
     * @param stressed whether it is what the diagram is about
     */
    public record Box(String label, String note, int column, boolean stressed) {}

    /**
     * An arrow between two boxes.
     *
     * @param from its place among the boxes, from 0
     * @param to the same
     * @param label what is written on it; empty for nothing
     */
    public record Arrow(int from, int to, String label) {}

    /** Collects boxes and arrows by their labels. */
    public static final class Builder {

        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final List<Box> boxes = new ArrayList<>();
        private final List<Arrow> arrows = new ArrayList<>();

        /** Adds a box unless there is one of this label. */
        public Builder box(String label, String note, Column column) {
            return add(new Box(label, note, column.place, column == Column.MIDDLE));
        }

        /** The same in any column, from 0 on the left. */
        public Builder box(String label, String note, int column) {
            return add(new Box(label, note, column, false));
        }

        private Builder add(Box box) {
            if (places.putIfAbsent(box.label(), boxes.size()) == null) {
                boxes.add(box);
            }
            return this;
        }

        /** Adds an arrow between two boxes that are there. */
        public Builder arrow(String from, String to, String label) {
            Arrow arrow = new Arrow(place(from), place(to), label);
            if (!arrows.contains(arrow)) {
                arrows.add(arrow);
            }
            return this;
        }

        private int place(String label) {
            return Objects.requireNonNull(places.get(label), () -> "there is no box " + label);
        }

        public Diagram build() {
            return new Diagram(boxes, arrows);
        }
    }

    /** As a Mermaid flow chart, as code hosts draw it in Markdown. */
    public String mermaid() {
        StringBuilder text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            String note = box.note().isEmpty() ? "" : "<br/>" + mermaid(box.note());
            text.append("    n")
                    .append(i)
                    .append("[\"")
                    .append(mermaid(box.label()))
                    .append(note)
                    .append("\"]\n");
        }
        for (Arrow arrow : arrows) {
            text.append("    n").append(arrow.from()).append(" -->");
            if (!arrow.label().isEmpty()) {
                text.append("|\"").append(mermaid(arrow.label())).append("\"|");
            }
            text.append(" n").append(arrow.to()).append('\n');
        }
        return text.toString();
    }

    private static String mermaid(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.isLetterOrDigit(point) || " ._-(),:→".indexOf(point) >= 0) {
                safe.appendCodePoint(point);
            } else {
                safe.append('#').append(point).append(';');
            }
        });
        return safe.toString();
    }

    /** In Graphviz' language. */
    public String dot() {
        StringBuilder text = new StringBuilder("digraph {\n    rankdir=LR;\n    node [shape=box];\n");
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            String label = box.note().isEmpty() ? box.label() : box.label() + "\n" + box.note();
            text.append("    n").append(i).append(" [label=").append(dot(label)).append("];\n");
        }
        for (Arrow arrow : arrows) {
            text.append("    n").append(arrow.from()).append(" -> n").append(arrow.to());
            text.append(arrow.label().isEmpty() ? "" : " [label=" + dot(arrow.label()) + "]")
                    .append(";\n");
        }
        return text.append("}\n").toString();
    }

    private static String dot(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\R", "\\\\n") + '"';
    }

    /** As a picture that needs nothing else, neither a font nor a script. */
    public String svg() {
        return new Svg(this).draw();
    }
}
