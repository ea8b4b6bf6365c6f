package dev.belay.undo;

import dev.belay.database.HistoryTable.Installed;
import dev.belay.database.ModuleGraph;
import dev.belay.database.Project;
import dev.belay.scope.AppliedOrder;
import dev.belay.scope.Scope;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an undo leaves in place although it was applied after what it takes away, and belongs to a module that depends on
 * that.
 *
 * @param modules in the order of their dependencies
 * @param targets by which the same request would take them back too, as JSON
 */
record Standing(List<Dependent> modules, String targets) {

    /** When everything goes back that was applied later. */
    static final Standing NOTHING = new Standing(List.of(), "");

    Standing {
        modules = List.copyOf(modules);
    }

    /**
     * One of the modules.
     *
     * @param version the newest that stays
     * @param before its version when the first of what goes away was applied; 0 for none
     */
    record Dependent(String module, String version, String before) {}

    static Standing of(Project project, AppliedOrder order, Scope scope) {
        ModuleGraph graph = ModuleGraph.of(project);
        List<Dependent> found = new ArrayList<>();
        for (String module : graph.order()) {
            scope.parts().stream()
                    .filter(part -> graph.dependsOn(module, part.module().name()))
                    .flatMap(part -> first(order, part).stream())
                    .min(Comparator.naturalOrder())
                    .flatMap(moment -> dependent(module, staying(order, scope, module), moment))
                    .ifPresent(found::add);
        }
        return new Standing(found, targets(scope, found));
    }

    /** When the first of the versions was applied that a part takes back. */
    private static Optional<LocalDateTime> first(AppliedOrder order, Scope.Part part) {
        return order.of(part.module().name()).stream()
                .filter(installed -> part.versions().contains(installed.version()))
                .map(Installed::at)
                .min(Comparator.naturalOrder());
    }

    private static List<Installed> staying(AppliedOrder order, Scope scope, String module) {
        return order.of(module).stream()
                .filter(installed -> scope.parts().stream()
                        .noneMatch(part -> part.module().name().equals(module)
                                && part.versions().contains(installed.version())))
                .toList();
    }

    private static Optional<Dependent> dependent(String module, List<Installed> staying, LocalDateTime moment) {
        List<Installed> later = staying.stream()
                .filter(installed -> installed.at().isAfter(moment))
                .toList();
        String before = staying.stream()
                .filter(installed -> !installed.at().isAfter(moment))
                .reduce((first, second) -> second)
                .map(installed -> installed.version().getVersion())
                .orElse("0");
        return later.isEmpty()
                ? Optional.empty()
                : Optional.of(new Dependent(
                        module, later.get(later.size() - 1).version().getVersion(), before));
    }

    private static String targets(Scope scope, List<Dependent> found) {
        Stream<String> own = scope.parts().stream()
                .filter(part -> found.stream()
                        .noneMatch(dependent ->
                                dependent.module().equals(part.module().name())))
                .map(part -> entry(part.module().name(), part.to() == null ? "0" : part.to()));
        Stream<String> more = found.stream().map(dependent -> entry(dependent.module(), dependent.before()));
        return "\"to\": {" + Stream.concat(own, more).collect(Collectors.joining(", ")) + "}";
    }

    private static String entry(String module, String version) {
        return "\"" + module + "\": \"" + version + "\"";
    }

    boolean isEmpty() {
        return modules.isEmpty();
    }

    /** Such as {@code results 3, transcripts 1}. */
    String shown() {
        return modules.stream()
                .map(dependent -> dependent.module() + " " + dependent.version())
                .collect(Collectors.joining(", "));
    }

    /** What to do about a way back that fails because of them; nothing when there are none. */
    String advice() {
        return isEmpty()
                ? ""
                : " What stays in place was applied later, by modules that depend on what was to be taken back: "
                        + shown() + ". Take these back too, with " + targets + ".";
    }
}
