package dev.belay.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was shown, as it is kept: no host, no path, no port, so that reports of two machines can be laid side by side. */
public final class Report {

    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final String title;
    private String outcome = "";

    public Report(String title) {
        this.title = title;
    }

    /** A number that stands for the whole. */
    public record Figure(String value, String meaning) {}

    /**
     * Something that took time.
     *
     * @param seconds how long
     */
    public record Done(String name, double seconds, String detail) {}

    /** One part of the demo. */
    public record Section(String title, String text, List<Done> done, List<String> notes, List<Check> checks) {

        Section(String title, String text) {
            this(title, text, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    public void begin(String title, String text) {
        sections.add(new Section(title, text));
    }

    public void add(Done done) {
        last().done().add(done);
    }

    public void add(Check check) {
        last().checks().add(check);
    }

    public void note(String text) {
        last().notes().add(text);
    }

    public void version(String of, String version) {
        versions.put(of, version);
    }

    public void figure(String value, String meaning) {
        figures.add(new Figure(value, meaning));
    }

    /** How it ended, once it has; empty when everything held. */
    public void end(String failure) {
        long held = sections.stream()
                .flatMap(section -> section.checks().stream())
                .filter(Check::held)
                .count();
        outcome =
                failure.isEmpty() ? "All " + held + " checks held." : "It failed after " + held + " checks: " + failure;
    }

    /** What it is about. */
    public String title() {
        return title;
    }

    public Map<String, String> versions() {
        return versions;
    }

    public List<Figure> figures() {
        return figures;
    }

    public List<Section> sections() {
        return sections;
    }

    public String outcome() {
        return outcome;
    }

    public boolean held() {
        return outcome.startsWith("All ");
    }

    private Section last() {
        return sections.get(sections.size() - 1);
    }
}
