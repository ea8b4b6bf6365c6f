package dev.belay.stage;

import java.util.Locale;
import java.util.Map;

/** The report as Markdown. */
public final class MarkdownReport {

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
    }

    public static String render(Report report) {
        return new MarkdownReport(report).render();
    }

    private String render() {
        line("# " + report.title());
        line("");
        line("**" + escape(report.outcome()) + "**");
        line("");
        for (Report.Figure figure : report.figures()) {
            line("- **" + figure.value() + "** " + escape(figure.meaning()));
        }
        int number = 0;
        for (Report.Section section : report.sections()) {
            render(number++, section);
        }
        line("");
        line("## Made with");
        line("");
        for (Map.Entry<String, String> version : report.versions().entrySet()) {
            line("- " + version.getKey() + " " + escape(version.getValue()));
        }
        return text.toString();
    }

    private void render(int number, Report.Section section) {
        line("");
        line("## " + number + ". " + section.title());
        line("");
        line(section.text());
        if (!section.done().isEmpty()) {
            line("");
            line("| step | time | what it found |");
            line("|---|---:|---|");
            for (Report.Done done : section.done()) {
                line(String.format(
                        Locale.ROOT, "| %s | %.1f s | %s |", done.name(), done.seconds(), escape(done.detail())));
            }
        }
        for (String note : section.notes()) {
            line("");
            line(escape(note));
        }
        line("");
        for (Check check : section.checks()) {
            line(
                    check.held()
                            ? "- ✓ " + escape(check.claim()) + ": " + escape(check.found())
                            : "- ✗ " + escape(check.claim()) + ": expected " + escape(check.expected()) + ", found "
                                    + escape(check.found()));
        }
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    /** Keeps what databases and programs said from being read as Markdown. */
    private static String escape(String raw) {
        return raw.replace('\n', ' ').replaceAll("([\\\\`*_|<>\\[\\]])", "\\\\$1");
    }
}
