package dev.belay.project;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleGraph;
import dev.belay.database.Project;
import dev.belay.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A project as its files are now.
 *
 * @param problem why its files cannot be used; null when they can
 * @param order the modules' names in the order in which they are migrated; empty when there is a problem
 * @param modules in that order
 * @param databases the managed databases that use it, with where to see how far each has come
 */
@Schema(name = "Project")
public record ProjectView(
        @Schema(examples = "sims") String name,
        @Nullable Problem problem,
        List<String> order,
        List<ModuleView> modules,
        List<Use> databases,
        Map<String, String> links) {

    /**
     * A database that uses the project.
     *
     * @param schema where the versions of its modules are told
     */
    @Schema(name = "ProjectUse")
    public record Use(
            @Schema(examples = "sims") String database,

            @Schema(examples = "http://127.0.0.1:8080/databases/sims/schema")
            String schema) {}

    static ProjectView of(Project project, List<ManagedDatabase> databases, URI base) {
        ModuleGraph graph = ModuleGraph.of(project);
        return new ProjectView(
                project.name(),
                null,
                graph.order(),
                project.modules().stream()
                        .map(module -> ModuleView.of(module, graph))
                        .toList(),
                uses(databases, base),
                links(project.name(), base));
    }

    static ProjectView broken(String name, Problem problem, List<ManagedDatabase> databases, URI base) {
        return new ProjectView(name, problem, List.of(), List.of(), uses(databases, base), links(name, base));
    }

    private static List<Use> uses(List<ManagedDatabase> databases, URI base) {
        return databases.stream()
                .map(database -> new Use(database.name(), base.resolve("/databases/") + database.name() + "/schema"))
                .toList();
    }

    private static Map<String, String> links(String name, URI base) {
        return new TreeMap<>(Map.of("self", base.resolve("/projects/") + name));
    }
}
