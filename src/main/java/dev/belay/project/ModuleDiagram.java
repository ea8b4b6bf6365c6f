package dev.belay.project;

import dev.belay.database.ModuleGraph;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.diagram.Diagram;
import java.util.Map;

/** Draws modules: each points at those it depends on, which stand further left. */
final class ModuleDiagram {

    private ModuleDiagram() {}

    static Diagram of(Project project) {
        ModuleGraph graph = ModuleGraph.of(project);
        Map<String, Integer> depths = graph.depths();
        Diagram.Builder diagram = new Diagram.Builder();
        for (ProjectModule module : project.modules()) {
            String note = module.latest().map(version -> "version " + version).orElse("no version");
            diagram.box(module.name(), note, depths.getOrDefault(module.name(), 0));
        }
        graph.modules().forEach(module -> module.dependsOn().forEach(other -> diagram.arrow(module.name(), other, "")));
        return diagram.build();
    }
}
