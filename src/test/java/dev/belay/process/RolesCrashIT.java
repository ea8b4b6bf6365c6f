package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.TestDatabase;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Roles whose service is killed on either side of the one commit. */
class RolesCrashIT {

    private static final String GROUPS = "SELECT count(*) FROM auth_group";

    @Test
    void roles_are_made_once_whenever_the_service_is_killed() throws Exception {
        DatabaseAddress shop = Shop.create();
        TestPostgres.execute(
                shop,
                "CREATE TABLE auth_group (id serial PRIMARY KEY, name text NOT NULL UNIQUE)",
                "CREATE TABLE django_content_type (id serial PRIMARY KEY, app_label text, model text)",
                "CREATE TABLE auth_permission (id serial PRIMARY KEY, name text, content_type_id int, codename text)",
                "CREATE TABLE auth_group_permissions (group_id int NOT NULL, permission_id int NOT NULL)");
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        declare(place, "CLERK");
        try (BelayProcess service = BelayProcess.start(place)) {
            // about to commit
            Breakpoint committing = Breakpoint.atJob(place.control(), "NEW.database_state = 'INDETERMINATE'");
            String first = service.api().order("roles", Jobs.on(shop));
            committing.kill(service);
            assertThat(TestDatabase.askAll(shop, GROUPS)).containsExactly("0");
            service.startAgain();
            made(service.api().await("roles", first));
            assertThat(TestDatabase.askAll(shop, GROUPS)).containsExactly("1");

            // committed, and not written down
            declare(place, "COUNTER");
            Breakpoint committed = Breakpoint.atJob(place.control(), "NEW.database_state = 'MIGRATED'");
            String second = service.api().order("roles", Jobs.on(shop));
            committed.kill(service);
            assertThat(TestDatabase.askAll(shop, GROUPS)).containsExactly("2");
            service.startAgain();
            made(service.api().await("roles", second));
            assertThat(TestDatabase.askAll(shop, GROUPS)).containsExactly("2");
        }
    }

    private static void made(JsonNode job) {
        Jobs.succeeded(job, "MIGRATED");
        assertThat(job.path("result").path("roles").path("created"))
                .as(job.toPrettyString())
                .isNotEmpty();
    }

    private static void declare(Workplace place, String group) throws IOException {
        Files.writeString(place.directory().resolve("project").resolve("belay.yaml"), """
                modules: [{name: shop, path: migrations, baseline: "1"}]
                roles:
                  - name: %s
                    grants: [{tables: [customer], privileges: [SELECT]}]
                    may: [SELECT FROM customer]
                    mayNot: [SELECT FROM purchase]
                """.formatted(group));
    }
}
