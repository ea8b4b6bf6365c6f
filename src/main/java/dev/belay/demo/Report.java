package dev.belay.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was shown, as it is kept: no host, no path, no port, so that reports of two machines can be laid side by side. */
final class Report {

    static final String TITLE = "A core table renamed under a running application, and renamed back";

    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private String outcome = "";

    /** A number that stands for the whole. */
    record Figure(String value, String meaning) {}

    /**
     * Something that took time.
     *
     * @param seconds how long
     */
    record Done(String name, double seconds, String detail) {}

    /** One part of the demo. */
    record Section(String title, String text, List<Done> done, List<String> notes, List<Check> checks) {

        Section(String title, String text) {
            this(title, text, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    void begin(String title, String text) {
        sections.add(new Section(title, text));
    }

    void add(Done done) {
        last().done().add(done);
    }

    void add(Check check) {
        last().checks().add(check);
    }

    void note(String text) {
        last().notes().add(text);
    }

    void version(String of, String version) {
        versions.put(of, version);
    }

    void figure(String value, String meaning) {
        figures.add(new Figure(value, meaning));
    }

    /** How it ended, once it has; empty when everything held. */
    void end(String failure) {
        long held = sections.stream()
                .flatMap(section -> section.checks().stream())
                .filter(Check::held)
                .count();
        outcome =
                failure.isEmpty() ? "All " + held + " checks held." : "It failed after " + held + " checks: " + failure;
    }

    Map<String, String> versions() {
        return versions;
    }

    List<Figure> figures() {
        return figures;
    }

    List<Section> sections() {
        return sections;
    }

    String outcome() {
        return outcome;
    }

    boolean held() {
        return outcome.startsWith("All ");
    }

    private Section last() {
        return sections.get(sections.size() - 1);
    }
}
