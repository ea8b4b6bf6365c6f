package dev.belay.rules;

import java.util.List;

/**
 * A hazard, as data.
 *
 * @param id such as B01; it never changes its meaning
 * @param slug the same in words
 * @param title what was done, as a heading
 * @param why it hurts
 * @param instead what to write in its place
 * @param bad an example that the rule catches
 * @param good the same done well; several migrations are parted by {@link #NEXT_MIGRATION}
 * @param covers the rules of other tools that say the same, such as {@code eugene E6}
 */
public record Rule(
        String id,
        String slug,
        String title,
        Severity severity,
        String why,
        String instead,
        String bad,
        String good,
        List<String> covers,
        Condition condition) {

    /** Parts an example into migrations, one of which is applied before the next begins. */
    public static final String NEXT_MIGRATION = "-- next migration";

    public Rule {
        covers = List.copyOf(covers);
    }

    /** Tells whether a statement did it. */
    @FunctionalInterface
    interface Condition {
        /** What was observed, once for each relation it was done to; nothing when it was not done. */
        List<String> observe(Moment moment);
    }

    static Builder of(String id, String slug, Severity severity, String title) {
        return new Builder(id, slug, severity, title);
    }

    /** Puts a rule together, part by part with its name. */
    static final class Builder {

        private final String id;
        private final String slug;
        private final Severity severity;
        private final String title;
        private String why = "";
        private String instead = "";
        private String bad = "";
        private String good = "";
        private List<String> covers = List.of();

        private Builder(String id, String slug, Severity severity, String title) {
            this.id = id;
            this.slug = slug;
            this.severity = severity;
            this.title = title;
        }

        Builder why(String text) {
            why = text.strip().replace('\n', ' ');
            return this;
        }

        Builder instead(String text) {
            instead = text.strip().replace('\n', ' ');
            return this;
        }

        Builder bad(String sql) {
            bad = sql.strip();
            return this;
        }

        Builder good(String sql) {
            good = sql.strip();
            return this;
        }

        Builder covers(String... rules) {
            covers = List.of(rules);
            return this;
        }

        Rule when(Condition condition) {
            return new Rule(id, slug, title, severity, why, instead, bad, good, covers, condition);
        }
    }
}
