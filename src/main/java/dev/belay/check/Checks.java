package dev.belay.check;

import dev.belay.database.ManagedDatabase;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Asks what a project wants asked during a migration, and keeps each answer. */
public final class Checks {

    private static final Duration PATIENCE_ON_COPY = Duration.ofSeconds(30);

    /** As long as a script waits unless told otherwise; samples lock what applications use. */
    private static final Duration PATIENCE_AT_ACCEPTANCE = Duration.ofSeconds(1);

    private Checks() {}

    /**
     * After the scripts ran on the copy, before the database itself is touched.
     *
     * @throws dev.belay.problem.ProblemException CHECK_FAILED when one does not hold
     */
    public static void onCopy(ManagedDatabase copy, JobContext job) throws Exception {
        CheckPlan plan = job.need(CheckPlan.class);
        List<CheckResult> results = new Checker(copy, null, plan, PATIENCE_ON_COPY, job).ask(false);
        keep(job, CheckResults.NONE.withCopy(results));
        List<CheckResult> failed = failed(results);
        if (!failed.isEmpty()) {
            throw ProblemType.CHECK_FAILED.because("After the scripts ran on the copy, " + shown(failed)
                    + " This was found on a copy; the database itself was only read. Mend the script, the rows or the"
                    + " check in belay.yaml, then ask again.");
        }
    }

    /**
     * After the apply.
     *
     * @param lockTimeout how long a sample waits for a lock
     * @return one clause for a person; empty when the project asks nothing
     * @throws dev.belay.problem.ProblemException VERIFICATION_FAILED when one does not hold
     */
    public static String onDatabase(ManagedDatabase database, Duration lockTimeout, JobContext job) throws Exception {
        CheckPlan plan = job.need(CheckPlan.class);
        List<CheckResult> results = new Checker(database, null, plan, lockTimeout, job).ask(true);
        keep(job, job.evidence(CheckResults.class).orElse(CheckResults.NONE).withDatabase(results));
        List<CheckResult> failed = failed(results);
        if (!failed.isEmpty()) {
            throw ProblemType.VERIFICATION_FAILED.because(
                    "The migration is applied and the schema is the one that was rehearsed, but " + shown(failed)
                            + " Rows were not lost by it. Mend what the checks name if it can be mended in place;"
                            + " POST /rollbacks leads back.");
        }
        return clause(results);
    }

    /**
     * All that a project asks, of the database as it is. What could not be asked counts as failed: it was not accepted.
     *
     * @return one clause for a person
     * @throws dev.belay.problem.ProblemException CHECK_FAILED when one does not hold
     */
    public static String accept(ManagedDatabase database, Examiner examiner, JobContext job) throws Exception {
        CheckPlan plan = job.need(CheckPlan.class);
        List<CheckResult> results = new Checker(database, examiner, plan, PATIENCE_AT_ACCEPTANCE, job).ask(true);
        job.result("checks", results);
        List<CheckResult> failed = results.stream()
                .filter(result -> result.state() != CheckResult.State.PASSED)
                .toList();
        if (!failed.isEmpty()) {
            throw ProblemType.CHECK_FAILED.because("Of " + results.size() + " checks and samples, " + shown(failed)
                    + " Nothing was changed: what was tried was rolled back. Mend what they name, then ask again.");
        }
        return results.size() + " checks and samples passed";
    }

    private static void keep(JobContext job, CheckResults results) {
        job.keep(results);
        job.result("checks", results);
    }

    private static List<CheckResult> failed(List<CheckResult> results) {
        return results.stream().filter(CheckResult::isFailed).toList();
    }

    private static String clause(List<CheckResult> results) {
        long run = results.stream()
                .filter(result -> result.state() != CheckResult.State.NOT_RUN)
                .count();
        long notRun = results.size() - run;
        return results.isEmpty()
                ? ""
                : "; " + run + " checks and samples passed" + (notRun == 0 ? "" : ", " + notRun + " not run");
    }

    private static String shown(List<CheckResult> failed) {
        return (failed.size() == 1 ? "a check failed: " : failed.size() + " checks failed: ")
                + failed.stream().map(CheckResult::toString).collect(Collectors.joining("; "))
                + ".";
    }
}
