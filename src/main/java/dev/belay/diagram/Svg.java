package dev.belay.diagram;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Columns of boxes with curves between them. */
final class Svg {

    private static final int BOX_HEIGHT = 40;
    private static final int GAP = 14;
    private static final int MARGIN = 10;
    private static final int BETWEEN = 120;
    private static final int NARROWEST = 120;
    private static final double LETTER = 7.2;
    private static final int LONGEST_LABEL = 60;

    private final Diagram diagram;
    private final Map<Integer, Integer> count = new TreeMap<>();
    private final Map<Integer, Integer> width = new TreeMap<>();
    private final int[] row;

    Svg(Diagram diagram) {
        this.diagram = diagram;
        this.row = new int[diagram.boxes().size()];
        for (int i = 0; i < row.length; i++) {
            Diagram.Box box = diagram.boxes().get(i);
            row[i] = count.merge(box.column(), 1, Integer::sum) - 1;
            int letters =
                    Math.max(shown(box.label()).length(), shown(box.note()).length());
            width.merge(box.column(), Math.max(NARROWEST, (int) (letters * LETTER) + 20), Math::max);
        }
    }

    String draw() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"monospace\" font-size=\"12\" role=\"img\">%n",
                totalWidth(),
                height(),
                totalWidth(),
                height()));
        svg.append(
                "<defs><marker id=\"head\" markerWidth=\"9\" markerHeight=\"9\" refX=\"8\" refY=\"4\" orient=\"auto\">"
                        + "<path d=\"M0,0 L8,4 L0,8 z\" fill=\"#667\"/></marker></defs>\n");
        diagram.arrows().forEach(arrow -> arrow(svg, arrow));
        for (int i = 0; i < row.length; i++) {
            box(svg, i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void arrow(StringBuilder svg, Diagram.Arrow arrow) {
        boolean toTheRight = left(arrow.from()) <= left(arrow.to());
        int fromX = toTheRight ? right(arrow.from()) : left(arrow.from());
        int toX = toTheRight && left(arrow.from()) < left(arrow.to()) ? left(arrow.to()) : right(arrow.to());
        int bend = toTheRight ? BETWEEN / 2 : -BETWEEN / 2;
        int back = toX == right(arrow.to()) ? BETWEEN / 2 : -BETWEEN / 2;
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d,%d C%d,%d %d,%d %d,%d\" fill=\"none\" stroke=\"#667\" marker-end=\"url(#head)\">"
                        + "<title>%s</title></path>%n",
                fromX,
                middle(arrow.from()),
                fromX + bend,
                middle(arrow.from()),
                toX + back,
                middle(arrow.to()),
                toX,
                middle(arrow.to()),
                escaped(arrow.label())));
    }

    private void box(StringBuilder svg, int place) {
        Diagram.Box box = diagram.boxes().get(place);
        String fill = box.stressed() ? "#fdf0d5" : "#eef2f7";
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\""
                        + " stroke=\"#445\"/><text x=\"%d\" y=\"%d\">%s</text>",
                escaped(box.label()),
                left(place),
                top(place),
                columnWidth(box.column()),
                BOX_HEIGHT,
                fill,
                left(place) + 8,
                top(place) + 17,
                escaped(shown(box.label()))));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"10\" fill=\"#556\">%s</text></g>%n",
                left(place) + 8,
                top(place) + 32,
                escaped(shown(box.note()))));
    }

    private int left(int place) {
        int x = MARGIN;
        for (Map.Entry<Integer, Integer> column : width.entrySet()) {
            if (column.getKey() == diagram.boxes().get(place).column()) {
                return x;
            }
            x += column.getValue() + BETWEEN;
        }
        return x;
    }

    private int right(int place) {
        return left(place) + columnWidth(diagram.boxes().get(place).column());
    }

    private int top(int place) {
        int rows = count.getOrDefault(diagram.boxes().get(place).column(), 0);
        int free = (height() - 2 * MARGIN) - (rows * (BOX_HEIGHT + GAP) - GAP);
        return MARGIN + free / 2 + row[place] * (BOX_HEIGHT + GAP);
    }

    private int middle(int place) {
        return top(place) + BOX_HEIGHT / 2;
    }

    private int columnWidth(int column) {
        return width.getOrDefault(column, 0);
    }

    private int totalWidth() {
        int columns = width.size();
        int boxes = width.values().stream().mapToInt(Integer::intValue).sum();
        return 2 * MARGIN + boxes + Math.max(0, columns - 1) * BETWEEN;
    }

    private int height() {
        int rows = count.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return 2 * MARGIN + Math.max(0, rows * (BOX_HEIGHT + GAP) - GAP);
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_LABEL ? text : text.substring(0, LONGEST_LABEL - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replaceAll("\\p{Cntrl}", " ");
    }
}
