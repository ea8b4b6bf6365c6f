package dev.belay.plan;

import dev.belay.audit.Audit;
import dev.belay.backup.Bytes;
import dev.belay.catalog.RelationsDiagram;
import dev.belay.diagram.Diagram;
import dev.belay.trace.Lock;
import dev.belay.trace.RelationKind;
import dev.belay.trace.TracedStatement;
import dev.belay.trace.Work;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The strategy document as a page and as Markdown: the same figures in the same order. */
final class PlanPages {

    private static final int STATEMENT_SHOWN = 100;

    private PlanPages() {}

    @CheckedTemplate(basePath = "plan")
    static final class Templates {

        private Templates() {}

        static native TemplateInstance page(PlanView view, String diagram);

        static native TemplateInstance text(PlanView view, String diagram);
    }

    static String html(PlanView view) {
        return Templates.page(view, diagram(view).svg()).render();
    }

    static String markdown(PlanView view) {
        return Templates.text(view, diagram(view).mermaid()).render();
    }

    private static Diagram diagram(PlanView view) {
        return RelationsDiagram.of(view.plan().impact());
    }

    /** What the templates say of figures and statements. */
    @TemplateExtension
    static final class Figures {

        private Figures() {}

        static String counted(Long number) {
            return Shown.count(number);
        }

        static String asDuration(Long millis) {
            return Shown.millis(millis);
        }

        static String asBytes(Long bytes) {
            return Bytes.shown(bytes);
        }

        static String size(Audit.TableFacts table) {
            return bytes(table.tableBytes());
        }

        static String indexSize(Audit.TableFacts table) {
            return bytes(table.indexBytes());
        }

        private static String bytes(@Nullable Long bytes) {
            return bytes == null ? "?" : Bytes.shown(bytes);
        }

        static String duration(TracedStatement statement) {
            return Shown.micros(statement.micros());
        }

        static String beginning(TracedStatement statement) {
            String line = statement.sql().replaceAll("(?m)--.*$", "").strip().replaceAll("\\s+", " ");
            return line.length() <= STATEMENT_SHOWN ? line : line.substring(0, STATEMENT_SHOWN) + "…";
        }

        /** The strongest new lock on each relation that was there before, the strongest first. */
        static List<String> strongestLocks(TracedStatement statement) {
            return statement.locks().stream()
                    .filter(lock -> !lock.isNew() && lock.kind() != RelationKind.INDEX)
                    .collect(Collectors.groupingBy(Lock::relation, Collectors.maxBy(Comparator.comparing(Lock::mode))))
                    .values()
                    .stream()
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(Lock::mode).reversed().thenComparing(Lock::relation))
                    .map(lock -> lock.mode().shown() + " on " + lock.relation())
                    .toList();
        }

        /** What was done to rows, one clause a relation. */
        static List<String> workShown(TracedStatement statement) {
            return statement.work().stream()
                    .filter(work -> !work.isNew())
                    .map(Figures::shown)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }

        private static String shown(Work work) {
            String what = (work.rewritten() ? "written anew (" + Bytes.shown(work.bytes()) + ") " : "")
                    + (work.truncated() ? "emptied " : "")
                    + (work.scans() > 0 ? "read in full " : "")
                    + (work.touched() > 0 ? Shown.count(work.touched()) + " rows written " : "");
            return what.isEmpty() ? "" : work.relation() + ": " + what.strip();
        }

        /** What the statements change in the schema, in their order, a rename as a rename. */
        static List<String> changesShown(Plan plan) {
            return plan.statements().stream()
                    .flatMap(statement -> statement.changes().stream())
                    .map(ChangeText::of)
                    .toList();
        }

        static List<Advice> advised(Plan plan) {
            return Advice.of(plan.advice());
        }

        /** Text for a cell of a Markdown table. */
        static String cell(String text) {
            return text.replace("|", "\\|").replaceAll("\\s+", " ");
        }

        /** Text as code in Markdown, whatever backticks it has. */
        static String code(String text) {
            String line = text.replaceAll("\\s+", " ").replace("|", "\\|");
            return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
        }
    }
}
