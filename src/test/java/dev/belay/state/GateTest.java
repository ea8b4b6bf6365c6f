package dev.belay.state;

import static dev.belay.state.Gate.Status.BLOCKED;
import static dev.belay.state.Gate.Status.SATISFIED;
import static dev.belay.state.Gate.Status.WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.database.Environment;
import dev.belay.database.ModuleState;
import dev.belay.drift.Drift;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final List<String> NONE = List.of();

    private static ModuleState module(String name, @Nullable String current, String latest, String... pending) {
        return new ModuleState(name, current, latest, List.of(pending), NONE, NONE, NONE, NONE);
    }

    private static DatabaseSchema schema(ModuleState... modules) {
        return schema(Found.of(List.of(modules)), null);
    }

    private static DatabaseSchema schema(Found found, @Nullable UnderwayJob job) {
        return new DatabaseSchema(
                "shop",
                Environment.STAGING,
                "shop",
                found.status(),
                found.problem(),
                found.modules(),
                found.drift(),
                job,
                null);
    }

    private static UnderwayJob job(JobKind kind, boolean changing) {
        return new UnderwayJob(new UUID(0, 1), kind, JobState.RUNNING, null, changing, "/migrations/1");
    }

    private static Gate.Decision decide(
            DatabaseSchema schema, @Nullable String module, @Nullable String min, @Nullable String max) {
        return Gate.decide(schema, GateQuery.parse(module, min, max));
    }

    @ParameterizedTest
    @CsvSource({
        "2, , , SATISFIED",
        "2, 2, , SATISFIED",
        "2, 3, , WAIT",
        "2, , 2, SATISFIED",
        "2, , 1, BLOCKED",
        "2, 1, 3, SATISFIED",
        "10, 9, , SATISFIED",
        "9, 10, , WAIT",
        "1.10, 1.9, , SATISFIED",
        "1.0, 1, 1, SATISFIED",
        "20260101120000, 20260101115959, , SATISFIED"
    })
    void versions_compare_as_numbers(String current, @Nullable String min, @Nullable String max, Gate.Status expected) {
        assertThat(decide(schema(module("shop", current, current)), null, min, max)
                        .status())
                .isEqualTo(expected);
    }

    @Test
    void without_a_version_everything_has_to_be_applied() {
        Gate.Decision decision = decide(schema(module("shop", "1", "2", "V2__more.sql")), null, null, null);

        assertThat(decision.status()).isEqualTo(WAIT);
        assertThat(decision.reason()).contains("at version 1", "V2__more.sql");
    }

    @Test
    void a_version_that_is_reached_is_enough_although_more_is_pending() {
        assertThat(decide(schema(module("shop", "1", "2", "V2__more.sql")), null, "1", null)
                        .status())
                .isEqualTo(SATISFIED);
    }

    @Test
    void an_empty_database_waits_for_its_first_version() {
        Gate.Decision decision = decide(schema(module("shop", null, "1", "V1__all.sql")), null, "1", null);

        assertThat(decision.status()).isEqualTo(WAIT);
        assertThat(decision.reason()).contains("at no version yet");
    }

    @Test
    void a_version_that_the_project_does_not_have_is_waited_for_and_said_to_be_missing() {
        Gate.Decision decision = decide(schema(module("shop", "2", "2")), null, "3", null);

        assertThat(decision.status()).isEqualTo(WAIT);
        assertThat(decision.reason()).contains("the project itself does not have that version yet");
    }

    @Test
    void a_failed_script_blocks() {
        ModuleState failed = new ModuleState("shop", "2", "2", NONE, List.of("V2__more.sql"), NONE, NONE, NONE);

        Gate.Decision decision = decide(schema(failed), null, "1", null);

        assertThat(decision.status()).isEqualTo(BLOCKED);
        assertThat(decision.reason()).contains("V2__more.sql");
    }

    @Test
    void history_and_project_that_contradict_each_other_block() {
        List<String> file = List.of("V1__all.sql");

        assertThat(List.of(
                        new ModuleState("shop", "2", "2", NONE, NONE, file, NONE, NONE),
                        new ModuleState("shop", "2", "2", NONE, NONE, NONE, file, NONE),
                        new ModuleState("shop", "2", "2", NONE, NONE, NONE, NONE, file)))
                .allSatisfy(dirty -> {
                    Gate.Decision decision = decide(schema(dirty), null, null, null);
                    assertThat(decision.status()).isEqualTo(BLOCKED);
                    assertThat(decision.reason()).contains("V1__all.sql");
                });
    }

    @Test
    void a_project_that_cannot_be_read_blocks() {
        Found invalid = Found.trouble(SchemaStatus.INVALID, "The project cannot be used.");

        assertThat(decide(schema(invalid, null), "shop", "1", null))
                .isEqualTo(new Gate.Decision(BLOCKED, "The project cannot be used."));
    }

    @Test
    void a_database_that_cannot_be_reached_is_waited_for() {
        Found unreachable = Found.trouble(SchemaStatus.UNREACHABLE, "It does not answer.");

        assertThat(decide(schema(unreachable, null), "shop", "1", null))
                .isEqualTo(new Gate.Decision(WAIT, "It does not answer."));
    }

    @Test
    void a_job_past_its_point_of_no_return_is_waited_for_even_after_a_failure() {
        Found upToDate = Found.of(List.of(module("shop", "2", "2")));
        Found failed =
                Found.of(List.of(new ModuleState("shop", "2", "2", NONE, List.of("V2__more.sql"), NONE, NONE, NONE)));

        assertThat(List.of(upToDate, failed))
                .allSatisfy(found -> assertThat(decide(schema(found, job(JobKind.ROLLBACK, true)), null, "1", null)
                                .status())
                        .isEqualTo(WAIT));
    }

    @Test
    void a_job_that_only_prepares_keeps_nobody_from_starting() {
        Found upToDate = Found.of(List.of(module("shop", "2", "2")));

        assertThat(decide(schema(upToDate, job(JobKind.MIGRATION, false)), null, null, null)
                        .status())
                .isEqualTo(SATISFIED);
    }

    @Test
    void who_waits_is_told_of_the_job_that_is_under_way() {
        Found behind = Found.of(List.of(module("shop", "1", "2", "V2__more.sql")));

        assertThat(decide(schema(behind, job(JobKind.MIGRATION, false)), null, null, null)
                        .reason())
                .contains("running job /migrations/1");
    }

    @Test
    void who_waits_is_told_what_the_job_waits_for() {
        Found behind = Found.of(List.of(module("shop", "1", "2", "V2__more.sql")));
        UUID id = new UUID(0, 1);
        UnderwayJob unapproved =
                new UnderwayJob(id, JobKind.MIGRATION, JobState.AWAITING_APPROVAL, null, false, "/migrations/1");
        UnderwayJob scheduled =
                new UnderwayJob(id, JobKind.MIGRATION, JobState.SCHEDULED, Instant.EPOCH, false, "/migrations/1");

        assertThat(decide(schema(behind, unapproved), null, null, null).reason())
                .contains("waits for an approval");
        assertThat(decide(schema(behind, scheduled), null, null, null).reason())
                .contains("maintenance window, from 1970-01-01T00:00:00Z");
    }

    @Test
    void only_the_named_module_counts() {
        DatabaseSchema schema = schema(module("core", "3", "3"), module("shop", "1", "2", "V2__more.sql"));

        assertThat(decide(schema, "core", null, null).status()).isEqualTo(SATISFIED);
        assertThat(decide(schema, "shop", null, null).status()).isEqualTo(WAIT);
        assertThat(decide(schema, null, null, null).status()).isEqualTo(WAIT);
    }

    @Test
    void a_module_that_the_project_does_not_have_is_not_found() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> decide(schema(module("shop", "1", "1")), "other", null, null))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.NOT_FOUND));
    }

    @Test
    void a_version_of_one_of_several_modules_needs_the_modules_name() {
        DatabaseSchema schema = schema(module("core", "3", "3"), module("shop", "1", "1"));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> decide(schema, null, "1", null))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "current", "v1", "1..2", "-1", "1 ", "१"})
    void what_is_no_version_is_refused(String version) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> GateQuery.parse(null, version, null))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"true, BLOCKED", "false, SATISFIED"})
    void a_schema_that_somebody_else_changed_blocks_where_the_policy_says_so(boolean blocking, Gate.Status status) {
        Drift drift = new Drift(
                Instant.EPOCH,
                new UUID(0, 1),
                blocking,
                List.of(new Drift.DriftedObject("index", "public.by_name", Drift.Kind.ADDED, null, "{}")));

        Gate.Decision decision =
                decide(schema(Found.of(List.of(module("app", "2", "2")), drift), null), null, null, null);

        assertThat(decision.status()).isEqualTo(status);
        assertThat(decision.reason().contains("index public.by_name added")).isEqualTo(blocking);
    }
}
