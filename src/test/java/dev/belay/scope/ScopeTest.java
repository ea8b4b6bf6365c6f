package dev.belay.scope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** In which order a scope is gone through. */
class ScopeTest {

    private static final Scope.Part STUDENTS = part("students", "1", "2");
    private static final Scope.Part RESULTS = part("results", "1", "2");

    private static final Scope TURNS = new Scope(
            List.of(STUDENTS, RESULTS),
            List.of(place("students", "1"), place("results", "1"), place("students", "2"), place("results", "2")));

    @Test
    void without_an_order_of_its_own_it_is_gone_through_module_by_module() {
        Scope scope = new Scope(List.of(STUDENTS, RESULTS));

        assertThat(scope.runs()).containsExactly(STUDENTS, RESULTS);
        assertThat(shown(scope)).containsExactly("results 2", "results 1", "students 2", "students 1");
    }

    @Test
    void where_modules_took_turns_the_way_back_takes_the_same_turns() {
        assertThat(shown(TURNS)).containsExactly("results 2", "students 2", "results 1", "students 1");
        assertThat(TURNS.runs())
                .extracting(Scope.Part::shown)
                .containsExactly("students 0 → 1", "results 0 → 1", "students 1 → 2", "results 1 → 2");
    }

    @Test
    void versions_of_one_module_that_follow_each_other_are_one_piece() {
        Scope scope = new Scope(
                List.of(STUDENTS, RESULTS),
                List.of(place("results", "1"), place("students", "1"), place("students", "2"), place("results", "2")));

        assertThat(scope.runs())
                .extracting(Scope.Part::shown)
                .containsExactly("results 0 → 1", "students 0 → 2", "results 1 → 2");
    }

    @Test
    void repeatable_scripts_come_with_the_last_piece_of_their_module() {
        assertThat(TURNS.runs()).extracting(part -> part.files().size()).containsExactly(1, 1, 2, 2);
    }

    @Test
    void it_is_the_same_after_it_was_kept_as_evidence() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.readValue(json.writeValueAsString(TURNS), Scope.class)).isEqualTo(TURNS);
    }

    @Test
    void what_a_baseline_would_hide_is_run_where_it_is_to_be_run() {
        ProjectModule legacy = STUDENTS.module().withBaseline("1");

        assertThat(new Scope.Part(legacy, null, "2", STUDENTS.files())
                        .forFlyway()
                        .baseline())
                .isEqualTo("0");
        assertThat(new Scope.Part(legacy, null, "2", List.of("V2__x.sql"))
                        .forFlyway()
                        .baseline())
                .isEqualTo("1");
    }

    private static List<String> shown(Scope scope) {
        return scope.newestFirst().stream().map(Scope.Step::shown).toList();
    }

    private static Scope.Place place(String module, String version) {
        return new Scope.Place(module, version);
    }

    private static Scope.Part part(String name, String... versions) {
        List<Script> scripts = Stream.concat(
                        Stream.of(versions)
                                .map(version -> new Script(
                                        Script.Kind.VERSIONED,
                                        "V" + version + "__x.sql",
                                        version,
                                        "x",
                                        "SELECT 1",
                                        null)),
                        Stream.of(new Script(Script.Kind.REPEATABLE, "R__v.sql", null, "v", "SELECT 1", null)))
                .toList();
        ProjectModule module = new ProjectModule(name, Set.of(), "public", "h_" + name, null, Map.of(), scripts);
        return new Scope.Part(
                module,
                "0",
                versions[versions.length - 1],
                scripts.stream().map(Script::file).toList());
    }
}
