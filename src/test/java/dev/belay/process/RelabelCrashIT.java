package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.TestDatabase;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A squash that is drafted, and histories that are re-labelled and taken back, while the service is killed again and again. */
class RelabelCrashIT {

    private static final String HISTORY = "SELECT h::text FROM flyway_schema_history h ORDER BY installed_rank";
    private static final String ARCHIVE =
            "SELECT count(*) FROM pg_tables WHERE tablename = 'flyway_schema_history_before_squash'";
    private static final Map<String, String> SCRIPTS = Map.of(
            "V1__programs.sql", "CREATE TABLE program (id int PRIMARY KEY, title text);",
            "V2__batches.sql", "CREATE TABLE batch (id int PRIMARY KEY, program_id int REFERENCES program);");

    @Test
    void histories_are_re_labelled_once_and_taken_back_once_whenever_the_service_is_killed() throws Exception {
        DatabaseAddress school = TestPostgres.freshDatabase("school");
        Workplace place = Workplace.of(school.server(), new Project(SCRIPTS), school.name());
        Path project = place.directory().resolve("project");
        Files.writeString(project.resolve("belay.yaml"), "modules: [{name: shop, path: migrations}]\n");
        try (BelayProcess service = BelayProcess.start(place)) {
            Jobs.succeed(service.api(), "migrations", Jobs.on(school), "MIGRATED");
            List<String> history = TestDatabase.askAll(school, HISTORY);
            squash(service, school, project);

            JsonNode made = killed(service, Jobs.on(school), "MIGRATED", school);
            Jobs.succeeded(made, "MIGRATED");
            assertThat(TestDatabase.askAll(school, HISTORY)).hasSize(1);

            String back = "{\"database\": \"" + school.name() + "\", \"takeBack\": true}";
            Jobs.succeeded(killed(service, back, "ROLLED_BACK", school), "ROLLED_BACK");
            assertThat(TestDatabase.askAll(school, HISTORY)).isEqualTo(history);
        }
    }

    private static JsonNode killed(BelayProcess service, String order, String state, DatabaseAddress school)
            throws SQLException {
        String id = CommitCrash.of(service, "relabels", order, state, () -> Invariants.ask(school, ARCHIVE));
        service.startAgain();
        return service.api().await("relabels", id);
    }

    /** The service is killed when the files are written, and again when they are proven, and neither is written down. */
    private static JsonNode drafted(BelayProcess service, String order) throws SQLException {
        DatabaseAddress control = service.place().control();
        Breakpoint written = Breakpoint.atStep(control, "draft", "SUCCEEDED");
        String id = service.api().order("drafts", order);
        written.kill(service);
        Breakpoint proven = Breakpoint.atStep(control, "prove", "SUCCEEDED");
        service.startAgain();
        proven.kill(service);
        service.startAgain();
        return Jobs.succeeded(service.api().await("drafts", id), "UNCHANGED");
    }

    /** Puts the one script that a squash makes in the place of the old ones. */
    private static void squash(BelayProcess service, DatabaseAddress school, Path project)
            throws IOException, SQLException {
        String order = "{\"database\": \"" + school.name() + "\", \"kind\": \"squash\", \"modules\": [\"shop\"]}";
        JsonNode draft = drafted(service, order);
        Invariants.holdFor(service.place(), school.server());
        for (String old : SCRIPTS.keySet()) {
            Files.delete(project.resolve("migrations").resolve(old));
        }
        JsonNode files = service.api()
                .get("/drafts/" + draft.path("id").asText() + "/files")
                .body()
                .path("items");
        for (JsonNode file : files) {
            Files.writeString(
                    project.resolve(file.path("path").asText()),
                    file.path("content").asText());
        }
    }
}
