package dev.belay.restore;

import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.salvage.SalvageReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Carries into the restored copy what applications wrote since the backup, while they go on. */
@ApplicationScoped
class SalvageStep implements Step {

    private final Merges merges;

    SalvageStep(Merges merges) {
        this.merges = merges;
    }

    @Override
    public String name() {
        return "salvage";
    }

    @Override
    public void run(JobContext job) throws Exception {
        carry(merges.begin(job), job);
    }

    /** The copy may have got something already, so it is compared with the backup too. */
    @Override
    public void resume(JobContext job) throws Exception {
        merges.forget(job.jobId());
        carry(merges.goOn(job), job);
    }

    private void carry(Merges.Prepared prepared, JobContext job) throws SQLException {
        long start = System.nanoTime();
        prepared.carry();
        Duration first = Duration.ofNanos(System.nanoTime() - start);
        // What was written meanwhile: it makes the last pass short, and tells how long that one is going to take.
        SalvageReport report = prepared.carry();
        Duration rest = Duration.ofNanos(System.nanoTime() - start).minus(first);
        LeftBehind left = LeftBehind.by(prepared, report);
        tell(report, left.what(), job);
        job.result("expectedOutageMillis", rest.toMillis());
        job.detail(String.format(
                Locale.ROOT,
                "%s; compared and carried in %.1f s, the rest of it in %.1f s, which is about how long applications will"
                        + " be kept out",
                report.shown(),
                first.toMillis() / 1000.0,
                rest.toMillis() / 1000.0));
        if (job.request(RestoreRequest.class).dryRun()) {
            job.finishEarly();
        } else {
            left.requireAccepted(job);
        }
    }

    /** Keeps and shows what was found; the last time is what holds. */
    static void tell(SalvageReport report, List<String> leftBehind, JobContext job) {
        job.keep(report);
        job.result("rowsCarried", report.carried());
        job.result("rowsKept", report.kept());
        job.result("leftBehind", leftBehind);
    }
}
