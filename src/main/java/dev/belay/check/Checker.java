package dev.belay.check;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectChecks;
import dev.belay.database.ProjectRoles;
import dev.belay.postgres.Monitor;
import dev.belay.run.JobContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a plan's checks and samples one after the other; one that fails does not keep the others from being asked. */
final class Checker {

    private final ManagedDatabase database;
    private final @Nullable Examiner examiner;
    private final CheckPlan plan;
    private final SqlAsker sql;
    private final TrialAsker trials;
    private final HttpAsker http;
    private final Monitor monitor;

    /** @param examiner knows what an acceptance asks besides; null where nothing of that is asked */
    Checker(
            ManagedDatabase database,
            @Nullable Examiner examiner,
            CheckPlan plan,
            Duration lockTimeout,
            JobContext job) {
        this.database = database;
        this.examiner = examiner;
        this.plan = plan;
        CheckSession sessions = new CheckSession(database, "belay " + job.jobId(), plan, lockTimeout, job);
        this.sql = new SqlAsker(sessions);
        this.trials = new TrialAsker(sessions, plan.timeout(), job);
        this.http = new HttpAsker(plan.timeout(), job);
        this.monitor = job;
    }

    /** @param live whether it is the database that the application uses, so that the application can be asked too */
    List<CheckResult> ask(boolean live) throws Exception {
        List<CheckResult> results = new ArrayList<>();
        for (ProjectChecks.Check check : plan.checks()) {
            monitor.check();
            results.add(answer(check, live));
        }
        for (ProjectChecks.Sample sample : plan.samples()) {
            monitor.check();
            results.add(timed(sample.name(), CheckResult.Kind.SAMPLE, () -> trials.sample(sample.sql())));
        }
        results.addAll(plan.notYet());
        return results;
    }

    private CheckResult answer(ProjectChecks.Check check, boolean live) throws Exception {
        CheckResult.Kind kind = CheckPlan.kind(check);
        return switch (check.kind()) {
            case SQL -> timed(check.name(), kind, () -> sql.isTrue(check.ask()));
            case NO_ROWS -> timed(check.name(), kind, () -> sql.hasNoRows(check.ask()));
            case READABLE -> timed(check.name(), kind, () -> sql.isReadable(check.ask()));
            case REFUSED -> timed(check.name(), kind, () -> trials.isRefused(check));
            case APPLIED ->
                timed(
                        check.name(),
                        kind,
                        () -> AppliedAsker.ask(
                                database, Objects.requireNonNull(examiner).project(), check.ask()));
            case HTTP -> atApplication(check, live, application -> http.ask(application, check));
            case LOGIN -> atApplication(check, live, application -> logIn(application, check.ask()));
        };
    }

    private CheckResult atApplication(ProjectChecks.Check check, boolean live, Request request) throws Exception {
        CheckResult.Kind kind = CheckPlan.kind(check);
        URI application = database.application();
        if (!live) {
            return CheckResult.notRun(check.name(), kind, "asked after the apply only: the copy has no application");
        }
        return application == null
                ? CheckResult.notRun(
                        check.name(), kind, "no belay.databases." + database.name() + ".application-url is configured")
                : timed(check.name(), kind, () -> request.to(application));
    }

    private Answer logIn(URI application, String path) throws InterruptedException {
        ProjectRoles.Superuser superuser =
                Objects.requireNonNull(examiner).project().roles().superuser();
        return superuser == null
                ? Answer.failed("belay.yaml declares no superuser who could log in")
                : new LoginAsker(http, plan.timeout())
                        .ask(
                                HttpAsker.below(application, path),
                                superuser.username(),
                                examiner.passwords().of(superuser.passwordFrom()));
    }

    /** What an asker found. */
    record Answer(boolean passed, String detail) {

        static Answer passed(String detail) {
            return new Answer(true, detail);
        }

        static Answer failed(String detail) {
            return new Answer(false, detail);
        }
    }

    private interface Request {
        Answer to(URI application) throws Exception;
    }

    private interface Question {
        Answer ask() throws Exception;
    }

    private CheckResult timed(String name, CheckResult.Kind kind, Question question) throws Exception {
        monitor.progress(0.5, "asking \"" + name + "\"");
        long start = System.nanoTime();
        Answer answer = question.ask();
        return new CheckResult(
                name,
                kind,
                answer.passed() ? CheckResult.State.PASSED : CheckResult.State.FAILED,
                answer.detail(),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
