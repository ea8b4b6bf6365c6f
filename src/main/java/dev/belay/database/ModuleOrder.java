package dev.belay.database;

import dev.belay.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Puts modules after those they depend on; where that leaves a choice, in the order in which they were written. */
final class ModuleOrder {

    private final Map<String, ProjectModule> modules = new LinkedHashMap<>();
    private final Function<String, ProblemException> invalid;
    private final Set<String> underway = new LinkedHashSet<>();
    private final Map<String, ProjectModule> ordered = new LinkedHashMap<>();

    private ModuleOrder(List<ProjectModule> modules, Function<String, ProblemException> invalid) {
        modules.forEach(module -> this.modules.put(module.name(), module));
        this.invalid = invalid;
    }

    static List<ProjectModule> of(List<ProjectModule> modules, Function<String, ProblemException> invalid) {
        ModuleOrder order = new ModuleOrder(modules, invalid);
        modules.forEach(order::place);
        return List.copyOf(order.ordered.values());
    }

    private void place(ProjectModule module) {
        if (ordered.containsKey(module.name())) {
            return;
        }
        if (!underway.add(module.name())) {
            List<String> path = new ArrayList<>(underway);
            path.add(module.name());
            throw invalid.apply("its modules depend on each other in a circle: "
                    + String.join(" → ", path.subList(path.indexOf(module.name()), path.size())));
        }
        for (String name : new TreeSet<>(module.dependsOn())) {
            ProjectModule dependency = modules.get(name);
            if (dependency == null) {
                throw invalid.apply("the module " + module.name() + " depends on " + name + ", which is not there");
            }
            place(dependency);
        }
        underway.remove(module.name());
        ordered.put(module.name(), module);
    }
}
