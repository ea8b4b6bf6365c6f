package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.ModuleGraph.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleGraphTest {

    private static final ModuleGraph GRAPH = new ModuleGraph(List.of(
            new Node("academics", List.of()),
            new Node("exams", List.of("academics")),
            new Node("students", List.of("academics")),
            new Node("results", List.of("exams", "students")),
            new Node("core", List.of())));

    @Test
    void dependencies_are_found_by_way_of_others_and_told_in_the_order_of_the_modules() {
        assertThat(GRAPH.dependencies("results")).containsExactly("academics", "exams", "students");
        assertThat(GRAPH.dependencies("core")).isEmpty();
        assertThat(GRAPH.dependsOn("results", "academics")).isTrue();
        assertThat(GRAPH.dependsOn("academics", "results")).isFalse();
    }

    @Test
    void a_module_stands_as_deep_as_its_deepest_dependency_and_one() {
        assertThat(GRAPH.depths())
                .isEqualTo(Map.of("academics", 0, "core", 0, "exams", 1, "students", 1, "results", 2));
    }
}
