package dev.belay.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** The report as one HTML file that needs nothing else, for a screen and for paper. */
public final class HtmlReport {

    private final Report report;
    private final StringBuilder html = new StringBuilder();

    private HtmlReport(Report report) {
        this.report = report;
    }

    public static String render(Report report) {
        return new HtmlReport(report).render();
    }

    private String render() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        element("title", "", report.title());
        html.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<header>\n");
        element("h1", "", report.title());
        element("p", report.held() ? "outcome held" : "outcome failed", report.outcome());
        html.append("</header>\n<section class=\"figures\">\n");
        for (Report.Figure figure : report.figures()) {
            html.append("<div>");
            element("strong", "", figure.value());
            element("span", "", figure.meaning());
            html.append("</div>\n");
        }
        html.append("</section>\n");
        int number = 0;
        for (Report.Section section : report.sections()) {
            render(number++, section);
        }
        html.append("<footer>\n");
        for (Map.Entry<String, String> version : report.versions().entrySet()) {
            element("span", "", version.getKey() + " " + version.getValue());
        }
        return html.append("</footer>\n</body>\n</html>\n").toString();
    }

    private void render(int number, Report.Section section) {
        html.append("<section>\n");
        element("h2", "", number + ". " + section.title());
        element("p", "", section.text());
        if (!section.done().isEmpty()) {
            steps(section);
        }
        for (String note : section.notes()) {
            element("p", "note", note);
        }
        if (!section.checks().isEmpty()) {
            html.append("<ul>\n");
            section.checks().forEach(this::render);
            html.append("</ul>\n");
        }
        html.append("</section>\n");
    }

    /** A bar a step, drawn to one scale within the part, so that one sees where the time went. */
    private void steps(Report.Section section) {
        double longest =
                section.done().stream().mapToDouble(Report.Done::seconds).max().orElse(1);
        html.append("<table>\n");
        for (Report.Done done : section.done()) {
            html.append("<tr>");
            element("th", "", done.name());
            element("td", "time", String.format(Locale.ROOT, "%.1f s", done.seconds()));
            html.append(String.format(
                    Locale.ROOT,
                    "<td class=\"bar\"><i style=\"width:%.1f%%\"></i></td>",
                    100 * done.seconds() / Math.max(longest, 0.001)));
            element("td", "", done.detail());
            html.append("</tr>\n");
        }
        html.append("</table>\n");
    }

    private void render(Check check) {
        html.append(check.held() ? "<li class=\"held\">" : "<li class=\"failed\">");
        element("span", "", check.claim());
        element("b", "", check.held() ? check.found() : "expected " + check.expected() + ", found " + check.found());
        html.append("</li>\n");
    }

    private void element(String name, String style, String text) {
        html.append('<').append(name);
        if (!style.isEmpty()) {
            html.append(" class=\"").append(style).append('"');
        }
        html.append('>').append(escape(text)).append("</").append(name).append('>');
        if (!name.equals("span") && !name.equals("b")) {
            html.append('\n');
        }
    }

    private static String escape(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String style() {
        try (InputStream file = HtmlReport.class.getResourceAsStream("report.css")) {
            if (file == null) {
                throw new IllegalStateException("report.css is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
