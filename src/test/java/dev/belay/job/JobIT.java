package dev.belay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.belay.BelayTestResource;
import dev.belay.TestDatabasesResource;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import io.quarkus.test.TestTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which moves a job may make. In a transaction, because each leaves an event; it is rolled back. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
@TestTransaction
class JobIT {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Waiting UNAPPROVED = new Waiting(JobState.AWAITING_APPROVAL, LATER, "waits");

    @Test
    void a_job_is_queued_runs_and_succeeds() {
        Job job = job();
        assertThat(job.state()).isEqualTo(JobState.QUEUED);

        job.start(NOW);
        job.beginStep(0, NOW);
        job.endStep(0, StepState.SUCCEEDED, LATER);
        job.succeed(LATER);

        assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(job.finishedAt).isEqualTo(LATER);
        assertThat(job.steps()).extracting(JobStep::state).containsExactly(StepState.SUCCEEDED, StepState.SKIPPED);
    }

    @Test
    void every_attempt_has_a_number_and_the_first_start_counts() {
        Job job = job();

        job.start(NOW);
        job.park(LATER);
        job.start(LATER);

        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.startedAt).isEqualTo(NOW);
    }

    @Test
    void every_move_changes_the_revision() {
        Job job = job();
        long before = job.revision;

        job.start(NOW);
        job.progress(0, 0.5, "half", NOW);

        assertThat(job.revision).isEqualTo(before + 2);
    }

    @Test
    void what_is_over_stays_over() {
        Job job = job();
        job.start(NOW);
        job.fail(ProblemType.TOOL_FAILED.because("it broke").problem(), NOW);

        assertThatThrownBy(() -> job.start(LATER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> job.succeed(LATER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> job.databaseIs(DatabaseState.MIGRATED, LATER))
                .isInstanceOf(IllegalStateException.class);
        assertThat(job.state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void a_waiting_job_goes_on_as_if_it_had_been_queued() {
        Job job = job();
        job.start(NOW);
        job.beginStep(0, NOW);

        job.await(0, UNAPPROVED, NOW);
        assertThat(job.state()).isEqualTo(JobState.AWAITING_APPROVAL);
        assertThat(job.steps().get(0).state()).isEqualTo(StepState.WAITING);
        job.goOn(NOW);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        job.start(LATER);

        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.wakeAt()).isEmpty();
        assertThat(job.deaths()).isZero();
    }

    @Test
    void a_waiting_job_is_cancelled_at_once() {
        Job job = job();
        job.start(NOW);
        job.await(0, UNAPPROVED, NOW);

        job.requestCancel(LATER);

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.steps()).extracting(JobStep::state).containsOnly(StepState.CANCELLED);
    }

    @Test
    void a_job_that_is_cancelled_while_it_is_laid_aside_does_not_wait() {
        Job job = job();
        job.start(NOW);
        job.requestCancel(NOW);

        job.await(0, UNAPPROVED, LATER);

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void only_a_waiting_job_can_go_on() {
        Job job = job();

        assertThatThrownBy(() -> job.goOn(NOW)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_waiting_job_lets_others_go_first_until_its_time_has_come() {
        Job first = job();
        Job second = job();
        first.start(NOW);
        first.await(0, new Waiting(JobState.SCHEDULED, LATER, "until later"), NOW);

        assertThat(Turns.next(first.database(), NOW)).contains(second);
        assertThat(Turns.next(first.database(), LATER)).contains(first);
        assertThat(Turns.waiting(first.database())).contains(first);
    }

    @Test
    void a_database_has_no_work_when_all_its_jobs_wait() {
        Job job = job();
        job.start(NOW);
        job.await(0, new Waiting(JobState.SCHEDULED, LATER, "until later"), NOW);

        assertThat(Turns.databases(NOW)).doesNotContain(job.database());
        assertThat(Turns.databases(LATER)).contains(job.database());
    }

    @Test
    void a_queued_job_is_cancelled_at_once() {
        Job job = job();

        job.requestCancel(NOW);
        job.requestCancel(LATER);

        assertThat(job.state()).isEqualTo(JobState.CANCELLED);
        assertThat(job.steps()).extracting(JobStep::state).containsOnly(StepState.CANCELLED);
    }

    @Test
    void a_running_job_is_asked_to_stop_and_a_parked_one_remembers_it() {
        Job job = job();
        job.start(NOW);

        job.requestCancel(NOW);
        job.park(NOW);
        job.start(LATER);

        assertThat(job.state()).isEqualTo(JobState.CANCELLING);
    }

    @Test
    void a_cancelled_job_does_not_pass_the_point_of_no_return() {
        Job job = job();
        job.start(NOW);
        job.requestCancel(NOW);

        assertThatThrownBy(() -> job.passNoReturn(LATER)).isInstanceOf(ProblemException.class);
        assertThat(job.noReturn()).isFalse();
    }

    @Test
    void past_the_point_of_no_return_nothing_is_cancelled() {
        Job job = job();
        job.start(NOW);
        job.passNoReturn(NOW);

        assertThatThrownBy(() -> job.requestCancel(LATER))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("point of no return");
        assertThat(job.state()).isEqualTo(JobState.RUNNING);
    }

    private static Job job() {
        Job job = new Job(
                new NewJob(
                        JobKind.BACKUP,
                        "nowhere",
                        JsonNodeFactory.instance.objectNode(),
                        "test",
                        List.of("one", "two")),
                UUID.randomUUID(),
                NOW);
        job.persistAndFlush();
        return job;
    }
}
