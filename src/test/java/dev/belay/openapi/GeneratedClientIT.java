package dev.belay.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.belay.BelayTestResource;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import dev.belay.access.GuardedResource;
import dev.belay.client.ApiClient;
import dev.belay.client.ApiException;
import dev.belay.client.ApiResponse;
import dev.belay.client.api.AccessApi;
import dev.belay.client.api.BackupsApi;
import dev.belay.client.api.DatabasesApi;
import dev.belay.client.api.MigrationsApi;
import dev.belay.client.api.RollbacksApi;
import dev.belay.client.model.BackupRequest;
import dev.belay.client.model.DatabaseState;
import dev.belay.client.model.GateStatus;
import dev.belay.client.model.JobKind;
import dev.belay.client.model.JobState;
import dev.belay.client.model.JobView;
import dev.belay.client.model.MigrationRequest;
import dev.belay.client.model.NewToken;
import dev.belay.client.model.PlanView;
import dev.belay.client.model.Problem;
import dev.belay.client.model.Role;
import dev.belay.client.model.RollbackMethod;
import dev.belay.client.model.RollbackRequest;
import dev.belay.client.model.SchemaStatus;
import dev.belay.client.model.TokenGrant;
import dev.belay.client.model.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Java client that was generated from the document in the repository, as somebody elsewhere would, does the whole work. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
@WithTestResource(GuardedResource.class)
class GeneratedClientIT {

    private static final String PATIENCE = "25s";

    private final TestDatabase shop = TestDatabase.claim()
            .script("V1__kept.sql", "CREATE TABLE kept (id int PRIMARY KEY)")
            .script("V2__customer.sql", "CREATE TABLE customer (id int PRIMARY KEY)")
            .script("U2__customer.sql", "DROP TABLE customer");

    private ApiClient client = client("");

    private static ApiClient client(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://localhost:" + RestAssured.port);
        if (!token.isEmpty()) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return client;
    }

    @BeforeEach
    void getToken() throws ApiException {
        NewToken token = new AccessApi(client(GuardedResource.ADMIN))
                .createToken(new TokenRequest()
                        .subject("pipeline")
                        .addGrantsItem(new TokenGrant().role(Role.OPERATOR).databases(Set.of(shop.name()))));
        client = client(token.getToken());
        shop.flywayMigrate("1").execute("INSERT INTO kept VALUES (1), (2)");
    }

    @Test
    void backs_up_migrates_and_rolls_back() throws ApiException {
        assertThat(gate()).isEqualTo(503);
        backUp();
        migrate();
        assertThat(new DatabasesApi(client).getDatabaseSchema(shop.name()).getStatus())
                .isEqualTo(SchemaStatus.UP_TO_DATE);
        assertThat(new DatabasesApi(client)
                        .getDatabaseGate(shop.name(), null, "2", null, null, null)
                        .getStatus())
                .isEqualTo(GateStatus.SATISFIED);
        rollBack();
        assertThat(shop.ask("SELECT to_regclass('customer')")).isEqualTo("null");
        assertThat(shop.ask("SELECT count(*) FROM kept")).isEqualTo("2");
    }

    private int gate() {
        ApiException waits = catchThrowableOfType(
                ApiException.class,
                () -> new DatabasesApi(client).getDatabaseGate(shop.name(), null, "2", null, null, null));
        return waits.getCode();
    }

    private void backUp() throws ApiException {
        BackupsApi backups = new BackupsApi(client);
        JobView asked = backups.createBackup(new BackupRequest().database(shop.name()), "backup of the client's test");
        JobView done = backups.getBackupOutcome(asked.getId(), PATIENCE, null);

        assertThat(asked.getKind()).isEqualTo(JobKind.BACKUP);
        assertThat(asked.getState()).isEqualTo(JobState.QUEUED);
        assertThat(asked.getRequestedBy()).isEqualTo("pipeline");
        assertThat(done.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.getDatabaseState()).isEqualTo(DatabaseState.UNCHANGED);
        assertThat(done.getResult())
                .containsEntry("tables", 2)
                .containsEntry("rows", 3)
                .containsEntry("proven", true);
    }

    private void migrate() throws ApiException {
        MigrationsApi migrations = new MigrationsApi(client);
        MigrationRequest request = new MigrationRequest().database(shop.name()).to(Map.of("app", "2"));
        ApiResponse<JobView> asked = migrations.createMigrationWithHttpInfo(request, "migration of the client's test");
        ApiResponse<JobView> again = migrations.createMigrationWithHttpInfo(request, "migration of the client's test");
        JobView done = migrations.getMigration(asked.getData().getId(), null, null, PATIENCE);
        PlanView plan = migrations.getMigrationPlan(done.getId());

        assertThat(asked.getStatusCode()).isEqualTo(202);
        assertThat(asked.getHeaders()).containsKeys("location", "retry-after").doesNotContainKey("idempotent-replayed");
        assertThat(again.getHeaders()).containsKey("idempotent-replayed");
        assertThat(again.getData().getId()).isEqualTo(done.getId());
        assertThat(done.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.getDone()).isTrue();
        assertThat(done.getDatabaseState()).isEqualTo(DatabaseState.MIGRATED);
        assertThat(done.getSteps()).extracting("name").contains("back-up", "prove", "rehearse", "apply", "verify");
        assertThat(plan.getPlan().getScripts()).extracting("file").containsExactly("V2__customer.sql");
        assertThat(migrations
                        .listMigrations(null, null, shop.name(), 10, JobState.SUCCEEDED)
                        .getItems())
                .hasSize(1);
    }

    private void rollBack() throws ApiException {
        RollbacksApi rollbacks = new RollbacksApi(client);
        JobView asked = rollbacks.createRollback(
                new RollbackRequest().database(shop.name()).method(RollbackMethod.UNDO),
                "rollback of the client's test");
        JobView done = rollbacks.getRollback(asked.getId(), null, null, PATIENCE);

        assertThat(done.getError()).isNull();
        assertThat(done.getState()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.getDatabaseState()).isEqualTo(DatabaseState.ROLLED_BACK);
    }

    @Test
    void a_refusal_is_a_problem_that_the_client_can_read() throws JsonProcessingException {
        ApiException unknown =
                catchThrowableOfType(ApiException.class, () -> new DatabasesApi(client("")).getDatabase(shop.name()));
        ApiException denied = catchThrowableOfType(ApiException.class, () -> new AccessApi(client).listTokens());

        assertThat(unknown.getCode()).isEqualTo(401);
        assertThat(unknown.getResponseHeaders().firstValue("www-authenticate")).isPresent();
        Problem problem = client.getObjectMapper().readValue(denied.getResponseBody(), Problem.class);
        assertThat(problem.getStatus()).isEqualTo(403);
        assertThat(problem.getType()).isEqualTo("urn:belay:problem:forbidden");
        assertThat(problem.getDetail()).contains("pipeline", "ADMIN");
    }
}
