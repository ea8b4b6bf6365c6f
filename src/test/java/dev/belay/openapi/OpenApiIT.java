package dev.belay.openapi;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.BelayTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
class OpenApiIT {

    private static final Path FILE = Path.of("openapi/openapi.yaml");
    private static final String UPDATE = "./mvnw verify -Dit.test=OpenApiIT -Dopenapi.update=true";

    private static String served() {
        return get("/q/openapi?format=yaml").asString();
    }

    @Test
    void the_document_in_the_repository_is_the_one_that_is_served() throws IOException {
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, served());
        }

        assertThat(Files.exists(FILE) ? Files.readString(FILE) : "")
                .as("%s differs from what the service serves. If the change of the API is meant: %s", FILE, UPDATE)
                .isEqualTo(served());
    }

    @Test
    void every_operation_has_an_id_of_its_own() {
        List<String> ids = Pattern.compile("operationId: (.+)")
                .matcher(served())
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .contains(
                        "listDatabases",
                        "getDatabaseGate",
                        "listBackups",
                        "createBackup",
                        "getBackup",
                        "getBackupOutcome",
                        "createRefresh",
                        "cancelBackup");
    }

    @Test
    void tags_come_in_the_order_of_the_work() {
        List<String> tags = Pattern.compile("^- name: (.+)$", Pattern.MULTILINE)
                .matcher(served())
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();

        assertThat(tags)
                .containsExactly(
                        "Databases",
                        "Projects",
                        "Audits",
                        "Drafts",
                        "Backups",
                        "Migrations",
                        "Rollbacks",
                        "Acceptances",
                        "Roles",
                        "Relabels",
                        "Refreshes",
                        "Resets",
                        "Access");
    }

    @Test
    void the_bare_address_leads_a_person_to_the_documentation() {
        assertThat(get("/").asString()).contains("swagger-ui");
    }
}
