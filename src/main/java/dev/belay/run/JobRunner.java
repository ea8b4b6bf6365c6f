package dev.belay.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.database.DatabaseRegistry;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.StepState;
import dev.belay.job.Waiting;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Runs a database's next job from its first step that is not done to its end. */
@ApplicationScoped
public class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final JobJournal journal;
    private final DatabaseRegistry databases;
    private final Drain drain;
    private final RunConfig config;
    private final ObjectMapper json;
    private final List<AfterFailure> consequences;
    private final Map<JobKind, JobDefinition> definitions = new EnumMap<>(JobKind.class);

    JobRunner(
            JobJournal journal,
            DatabaseRegistry databases,
            Drain drain,
            RunConfig config,
            ObjectMapper json,
            @All List<JobDefinition> definitions,
            @All List<AfterFailure> consequences) {
        this.journal = journal;
        this.databases = databases;
        this.drain = drain;
        this.config = config;
        this.json = json;
        this.consequences = consequences;
        definitions.forEach(definition -> this.definitions.put(definition.kind(), definition));
    }

    /** Must never be called for one database twice at a time: the queue sees to that across all replicas. */
    void runNext(String database) {
        if (!drain.admit()) {
            return;
        }
        try {
            journal.claimNext(database).ifPresent(job -> run(job, database));
        } finally {
            drain.dismiss();
        }
    }

    private void run(Job job, String database) {
        MDC.put("jobId", job.id().toString());
        MDC.put("database", database);
        try {
            attempt(job);
        } catch (JobJournal.FencedException e) {
            LOG.warnf("stopped: %s", e.getMessage());
        } finally {
            MDC.clear();
        }
    }

    private void attempt(Job job) {
        LOG.infof("%s begins, attempt %d", job.kind(), job.attempt());
        JobDefinition definition = Objects.requireNonNull(definitions.get(job.kind()));
        RunningJob running = new RunningJob(job, journal.request(job.id()), journal, json);
        drain.enter(running);
        try {
            Throwable failure = hold(definition, job, running);
            end(running, failure);
        } finally {
            drain.leave(running);
        }
    }

    /** Does all the work under the hold; returns what went wrong, or null. */
    private @Nullable Throwable hold(JobDefinition definition, Job job, RunningJob running) {
        try (TargetHold hold = TargetHold.take(databases.require(job.database()), config, running);
                Heartbeat heartbeat = new Heartbeat("heartbeat-" + job.id(), () -> running.beat(hold))) {
            heartbeat.start();
            Throwable failure = steps(definition, job, running);
            boolean goesOn = failure instanceof ParkedException || failure instanceof JobJournal.FencedException;
            return goesOn ? failure : cleanUp(definition, running, failure);
        } catch (Exception e) {
            return e;
        }
    }

    private @Nullable Throwable steps(JobDefinition definition, Job job, RunningJob running) {
        if (job.deaths() >= config.maxAttempts()) {
            return ProblemType.INTERNAL_ERROR.because("The job was taken up " + config.maxAttempts()
                    + " times and its process died or ran out of memory each time, so it is given up. The job's databaseState says how the"
                    + " database was left; Belay's log and the system's (out of memory?) say why the process died.");
        }
        List<Step> steps;
        try {
            steps = stepsOf(job, definition.steps(running.request()));
        } catch (ProblemException e) {
            return e;
        }
        for (int i = 0; i < steps.size() && !running.endsEarly() && running.waiting() == null; i++) {
            StepState before = job.steps().get(i).state();
            if (before == StepState.SUCCEEDED || before == StepState.SKIPPED) {
                continue;
            }
            Throwable failure =
                    step(steps.get(i), i, before != StepState.PENDING && before != StepState.WAITING, running);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** Those that were written down when the job was made, in their order. */
    private static List<Step> stepsOf(Job job, List<Step> known) {
        return job.steps().stream()
                .map(written -> known.stream()
                        .filter(step -> step.name().equals(written.name()))
                        .findFirst()
                        .orElseThrow(() -> ProblemType.INTERNAL_ERROR.because("The job was made with the step "
                                + written.name()
                                + ", which this version of Belay does not have. The job's databaseState"
                                + " says how the database was left. Ask again.")))
                .toList();
    }

    private @Nullable Throwable step(Step step, int position, boolean again, RunningJob running) {
        MDC.put("step", step.name());
        try {
            running.check();
            running.beginStep(position);
            if (again) {
                LOG.infof("%s is taken up again", step.name());
                step.resume(running);
            } else {
                step.run(running);
            }
            if (running.waiting() == null) {
                running.endStep(StepState.SUCCEEDED);
            }
            return null;
        } catch (Exception e) {
            RuntimeException stopped = running.stopReason();
            if (stopped instanceof ParkedException || stopped instanceof JobJournal.FencedException) {
                return stopped;
            }
            Throwable reason = stopped == null || e instanceof IndeterminateException ? e : stopped;
            ProblemException problem = Failures.explain(step.name(), reason);
            boolean cancelled = problem.type() == ProblemType.CANCELLED;
            running.detail(cancelled ? "cancelled" : problem.type().title());
            running.endStep(cancelled ? StepState.CANCELLED : StepState.FAILED);
            return problem;
        } finally {
            MDC.remove("step");
        }
    }

    private static @Nullable Throwable cleanUp(
            JobDefinition definition, RunningJob running, @Nullable Throwable failure) {
        try {
            definition.cleanUp(running);
            return failure;
        } catch (Exception e) {
            LOG.warnf(e, "what the job had put up could not all be removed; the next start removes it");
            return failure;
        }
    }

    private void end(RunningJob running, @Nullable Throwable failure) {
        if (failure instanceof JobJournal.FencedException fenced) {
            throw fenced;
        }
        Waiting waiting = running.waiting();
        if (failure instanceof ParkedException) {
            running.write((job, now) -> job.park(now));
            LOG.info("parked");
        } else if (failure == null && waiting != null) {
            running.await(waiting);
            LOG.infof("laid aside: %s", waiting.detail());
        } else if (failure == null) {
            running.write((job, now) -> job.succeed(now));
            LOG.info("succeeded");
        } else {
            ProblemException problem = Failures.explain("start", failure);
            boolean cancelled = problem.type() == ProblemType.CANCELLED;
            running.write((job, now) -> {
                if (cancelled) {
                    job.cancel(now);
                } else {
                    consequences.forEach(consequence -> consequence.follow(job, problem.type(), now));
                    job.fail(problem.problem(), now);
                }
            });
            LOG.warnf("%s: %s", cancelled ? "cancelled" : "failed", problem.getMessage());
        }
    }
}
