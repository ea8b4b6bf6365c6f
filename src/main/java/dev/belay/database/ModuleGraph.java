package dev.belay.database;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which modules depend on which, as belay.yaml says.
 *
 * @param modules in an order in which each comes after those it depends on
 */
public record ModuleGraph(List<Node> modules) {

    public ModuleGraph {
        modules = List.copyOf(modules);
    }

    /**
     * One module.
     *
     * @param dependsOn what belay.yaml says of it, in the order of the names
     */
    public record Node(String name, List<String> dependsOn) {
        public Node {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    public static ModuleGraph of(Project project) {
        return new ModuleGraph(project.modules().stream()
                .map(module -> new Node(module.name(), List.copyOf(new TreeSet<>(module.dependsOn()))))
                .toList());
    }

    /** The modules' names in the order in which they are migrated. */
    public List<String> order() {
        return modules.stream().map(Node::name).toList();
    }

    /** What belay.yaml says that a module depends on; nothing for one that is not there. */
    public List<String> declared(String module) {
        return modules.stream()
                .filter(node -> node.name().equals(module))
                .findFirst()
                .map(Node::dependsOn)
                .orElse(List.of());
    }

    /** All that a module depends on, by way of others too, in the order in which they are migrated. */
    public Set<String> dependencies(String module) {
        Set<String> found = new TreeSet<>();
        collect(module, found);
        Set<String> ordered = new LinkedHashSet<>(order());
        ordered.retainAll(found);
        return ordered;
    }

    private void collect(String module, Set<String> found) {
        for (String name : declared(module)) {
            if (found.add(name)) {
                collect(name, found);
            }
        }
    }

    public boolean dependsOn(String module, String other) {
        return dependencies(module).contains(other);
    }

    /** Of each module, how many stand one on another below it; 0 for one that depends on none. */
    public Map<String, Integer> depths() {
        Map<String, Integer> depths = new HashMap<>();
        for (Node node : modules) {
            int below = node.dependsOn().stream()
                    .mapToInt(name -> depths.getOrDefault(name, -1))
                    .max()
                    .orElse(-1);
            depths.put(node.name(), below + 1);
        }
        return depths;
    }
}
