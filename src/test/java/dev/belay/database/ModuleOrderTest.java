package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleOrderTest {

    @Test
    void a_module_comes_after_those_it_depends_on() {
        assertThat(order(module("shop", "core", "mail"), module("mail", "core"), module("core")))
                .containsExactly("core", "mail", "shop");
    }

    @Test
    void where_there_is_a_choice_they_stay_as_they_were_written() {
        assertThat(order(module("z"), module("a"), module("m"))).containsExactly("z", "a", "m");
    }

    @Test
    void a_circle_is_shown_whole() {
        assertThatThrownBy(() -> order(module("x", "a"), module("a", "b"), module("b", "a")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("a → b → a")
                .hasMessageNotContaining("x");
    }

    @Test
    void a_module_that_depends_on_itself_is_a_circle() {
        assertThatThrownBy(() -> order(module("a", "a"))).hasMessageContaining("a → a");
    }

    @Test
    void a_dependency_that_is_not_there_is_named() {
        assertThatThrownBy(() -> order(module("a", "b"))).hasMessageContaining("a depends on b");
    }

    private static List<String> order(ProjectModule... modules) {
        return ModuleOrder.of(List.of(modules), ProblemType.PROJECT_INVALID::because).stream()
                .map(ProjectModule::name)
                .toList();
    }

    private static ProjectModule module(String name, String... dependsOn) {
        return new ProjectModule(name, Set.of(dependsOn), "public", "h_" + name, null, Map.of(), List.of());
    }
}
