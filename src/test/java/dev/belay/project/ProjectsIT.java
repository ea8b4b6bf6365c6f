package dev.belay.project;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.School;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** Projects over HTTP. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ProjectsIT {

    @Test
    void a_project_tells_its_modules_in_their_order_and_who_uses_it() {
        TestDatabase school = School.claim();

        JsonPath project = get("/projects/" + school.name()).jsonPath();

        assertThat(project.getList("order", String.class))
                .containsExactly("academics", "exams", "students", "results", "core");
        assertThat(project.getList("modules.name")).isEqualTo(project.getList("order"));
        assertThat(project.getList("modules[3].dependsOn", String.class)).containsExactly("exams", "students");
        assertThat(project.getList("modules[3].dependencies", String.class))
                .containsExactly("academics", "exams", "students");
        assertThat(project.getList("modules[0].dependents", String.class))
                .containsExactly("exams", "students", "results");
        assertThat(project.getString("modules[3].latest")).isEqualTo("3");
        assertThat(project.getInt("modules[3].scripts")).isEqualTo(3);
        assertThat(project.getString("modules[3].history")).isEqualTo("public.flyway_schema_history_results");
        assertThat(project.getList("databases.database", String.class)).containsExactly(school.name());
        assertThat(get(project.getString("databases[0].schema")).statusCode()).isEqualTo(200);
    }

    @Test
    void its_graph_is_drawn_in_three_languages() {
        TestDatabase school = School.claim();

        assertThat(drawn(school, "text/vnd.mermaid"))
                .startsWith("flowchart LR")
                .contains("n3[\"results<br/>version 3\"]", "n3 --> n1");
        assertThat(drawn(school, "text/vnd.graphviz")).startsWith("digraph").contains("n3 -> n2");
        assertThat(drawn(school, "image/svg+xml")).startsWith("<svg").contains("academics", "version 3");
    }

    @Test
    void a_project_whose_files_are_wrong_is_listed_with_its_problem_and_hides_no_other() {
        TestDatabase broken = TestDatabase.claim()
                .yaml("modules: [{name: app, dependsOn: [shop]}, {name: shop, path: app, dependsOn: [app]}]");

        Response list = get("/projects");

        assertThat(list.statusCode()).isEqualTo(200);
        assertThat(list.jsonPath().getList("items.name", String.class))
                .contains(broken.name(), "madaris")
                .isSorted();
        String item = "items.find { it.name == '" + broken.name() + "' }";
        assertThat(list.jsonPath().getString(item + ".problem.detail")).contains("app → shop → app");
        assertThat(list.jsonPath().getList(item + ".modules")).isEmpty();
        Response alone = get("/projects/" + broken.name());
        assertThat(alone.statusCode()).isEqualTo(422);
        assertThat(alone.contentType()).startsWith("application/problem+json");
        assertThat(alone.jsonPath().getString("detail")).contains("app → shop → app");
    }

    @Test
    void a_project_that_is_not_configured_is_not_found() {
        Response answer = given().accept("image/svg+xml").get("/projects/atlantis");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("detail")).contains("atlantis", "GET /projects");
    }

    private static String drawn(TestDatabase school, String type) {
        Response answer = given().accept(type).get("/projects/" + school.name());
        assertThat(answer.contentType()).startsWith(type);
        return answer.asString();
    }
}
