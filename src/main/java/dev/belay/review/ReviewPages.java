package dev.belay.review;

import dev.belay.reversal.SchemaChange;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import java.util.stream.Collectors;

/** The review report as a page and as Markdown. */
public final class ReviewPages {

    private ReviewPages() {}

    @CheckedTemplate(basePath = "review")
    static final class Templates {

        private Templates() {}

        static native TemplateInstance page(ReviewView view);

        static native TemplateInstance text(ReviewView view);
    }

    public static String html(ReviewView view) {
        return Templates.page(view).render();
    }

    /** Without anything that is another in a second draft of the same. */
    public static String markdown(ReviewView view) {
        return Templates.text(view).render();
    }

    /** What the templates say of changes. */
    @TemplateExtension
    static final class Words {

        private Words() {}

        /** A sign that reads well in either form. */
        static String sign(SchemaChange change) {
            return switch (change.what()) {
                case ADDED -> "+";
                case CHANGED -> "~";
                case DROPPED -> "−";
            };
        }

        static String line(SchemaChange change) {
            String definition = change.definition();
            String renamed = change.renamedFrom();
            String traits = change.traits().stream()
                    .map(trait -> trait.name() + " " + value(trait.from()) + " → " + value(trait.to()))
                    .collect(Collectors.joining("; "));
            String what = (renamed == null ? "" : "was " + renamed)
                    + (renamed == null || traits.isEmpty() ? "" : "; ")
                    + traits
                    + (definition == null ? "" : oneLine(definition));
            return change.type() + " " + change.name() + (what.isEmpty() ? "" : ": " + what);
        }

        private static String value(String value) {
            return value.isEmpty() ? "none" : oneLine(value);
        }

        private static String oneLine(String text) {
            return text.strip().replaceAll("\\s+", " ");
        }

        /** Text as code in Markdown, whatever backticks it has. */
        static String asCode(String text) {
            String line = text.replaceAll("\\s+", " ");
            return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
        }

        /** Longer than any fence that a script could have. */
        static String fence(ReviewView.ScriptText script) {
            String fence = "```";
            while (script.sql().contains(fence)) {
                fence += "`";
            }
            return fence;
        }
    }
}
