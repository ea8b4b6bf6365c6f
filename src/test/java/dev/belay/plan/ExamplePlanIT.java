package dev.belay.plan;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The plan of the second version of {@code madaris} in docs/examples. With {@code -Dexamples.update=true} it is written
 * anew, on a database with all the demo's rows; otherwise what the documented plan says of each statement is compared with
 * a plan of the same scripts without rows: the same statements, lines and locks.
 */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ExamplePlanIT {

    private static final Path PROJECT = Path.of("deploy/projects/madaris");
    private static final Path EXAMPLE = Path.of("docs/examples/madaris-v2-plan");
    private static final boolean UPDATE = Boolean.getBoolean("examples.update");

    @Test
    void the_plan_of_madaris_is_the_documented_one() throws IOException {
        TestDatabase database = madaris();

        Run run = Run.migrationBy("amina", database).awaitState("AWAITING_APPROVAL");

        String markdown = read(run, database, "text/markdown");
        if (UPDATE) {
            Files.createDirectories(EXAMPLE.getParent());
            Files.writeString(Path.of(EXAMPLE + ".md"), markdown);
            Files.writeString(Path.of(EXAMPLE + ".html"), read(run, database, "text/html"));
        }
        List<String> documented = statements(Files.readString(Path.of(EXAMPLE + ".md")));
        assertThat(documented).hasSizeGreaterThan(80);
        assertThat(statements(markdown)).isEqualTo(documented);
        given().post(run.path() + "/cancel").then().statusCode(202);
    }

    private static TestDatabase madaris() throws IOException {
        TestDatabase database = TestDatabase.claimProduction().yaml(Files.readString(PROJECT.resolve("belay.yaml")));
        try (Stream<Path> scripts = Files.list(PROJECT.resolve("migrations"))) {
            for (Path script : scripts.toList()) {
                database.file("migrations/" + script.getFileName(), Files.readString(script));
                database.file("app/" + script.getFileName(), Files.readString(script));
            }
        }
        database.flywayMigrate("1");
        if (UPDATE) {
            database.psql(PROJECT.resolve("seed.sql"));
        }
        return database;
    }

    /** As a database of that name would have it. */
    private static String read(Run run, TestDatabase database, String type) {
        return given().accept(type)
                .get(run.path() + "/plan")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .replaceAll("\\b" + database.name() + "\\b", "madaris");
    }

    /** Place, statement and new locks of each row of the table of statements. */
    private static List<String> statements(String markdown) {
        return markdown.lines()
                .filter(line -> line.matches("\\| V2__.*"))
                .map(line -> line.split(" \\| "))
                .filter(cells -> cells.length > 3)
                .map(cells -> cells[0] + " " + cells[1] + " " + cells[3])
                .toList();
    }
}
