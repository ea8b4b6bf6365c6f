package dev.belay.approval;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.job.JobState;
import dev.belay.plan.Durations;
import dev.belay.plan.PlanSeal;
import dev.belay.policy.Opening;
import dev.belay.policy.Windows;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Waits until a maintenance window is open long enough for what was rehearsed. */
@ApplicationScoped
public class WindowStep implements Step {

    private final DatabaseRegistry databases;
    private final Clock clock;

    WindowStep(DatabaseRegistry databases, Clock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "window";
    }

    @Override
    public void run(JobContext job) {
        var unused = isOpen(job);
    }

    /** Whether the job may go on; if not it was told to wait. */
    boolean isOpen(JobContext job) {
        ManagedDatabase database = databases.require(job.database());
        Windows windows = database.policy().windows();
        if (windows.isUnrestricted()) {
            job.detail("no maintenance windows are configured");
            return true;
        }
        PlanSeal plan = job.need(PlanSeal.class);
        Instant now = clock.instant();
        Opening opening = fitting(windows, now, plan.rehearsed());
        if (opening.from().equals(now)) {
            job.detail("open until " + opening.until() + "; the rehearsal took " + Durations.shown(plan.rehearsed()));
            return true;
        }
        Instant expiry = plan.expiry(database.policy());
        if (!opening.from().isBefore(expiry)) {
            throw tooLate(opening, expiry);
        }
        job.waitFor(
                JobState.SCHEDULED,
                opening.from(),
                "waits for the maintenance window from " + opening.from() + " to " + opening.until());
        return false;
    }

    private static Opening fitting(Windows windows, Instant from, Duration needed) {
        return windows.upcoming(from)
                .filter(opening -> opening.length().compareTo(needed) >= 0)
                .findFirst()
                .orElseThrow(() -> tooShort(windows.upcoming(from), needed));
    }

    private static ProblemException tooShort(Stream<Opening> upcoming, Duration needed) {
        String longest = upcoming.map(Opening::length)
                .max(Duration::compareTo)
                .map(length -> "the longest maintenance window to come lasts " + Durations.shown(length))
                .orElse("no maintenance window ever opens again");
        return ProblemType.WINDOW_TOO_SHORT.because("The migration took " + Durations.shown(needed)
                + " on the copy, but " + longest + ". The database was not changed. Make the migration shorter, for"
                + " instance in several versions, or configure a longer window.");
    }

    private static ProblemException tooLate(Opening opening, Instant expiry) {
        return ProblemType.PLAN_STALE.because("The next maintenance window into which the migration fits begins at "
                + opening.from() + ", but the plan and its backup are only good until " + expiry
                + " by the policy of this database, so it would be stale by then. The database was not changed. Ask again"
                + " nearer to the window, or let plans and backups get older (plan-age, backup-age).");
    }
}
