package dev.belay.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Takes one job through its steps and kills the service three times in each: when the step has just been begun, in its
 * middle, and when all is done and only its end is not written down; and once more between the last step and the job's end.
 */
final class CrashSweep {

    private static final Logger LOG = Logger.getLogger(CrashSweep.class);
    private static final long MIDDLE_NANOS = 350_000_000;

    private final BelayProcess service;
    private final String kind;
    private final Runnable application;

    CrashSweep(BelayProcess service, String kind) {
        this(service, kind, () -> {});
    }

    /** @param application what an application does after each kill */
    CrashSweep(BelayProcess service, String kind, Runnable application) {
        this.service = service;
        this.kind = kind;
        this.application = application;
    }

    /** Orders the job, kills the service at every point, and returns the job as it ended. */
    JsonNode run(String body) throws SQLException {
        DatabaseAddress control = service.place().control();
        List<String> passed = new ArrayList<>();
        String id = order(body, control);
        List<String> steps = steps(id);
        for (int i = 0; i < steps.size(); i++) {
            String step = steps.get(i);
            if (i > 0) {
                die(Breakpoint.atStep(control, step, "RUNNING"), true);
            }
            writeBegin(control, id, step);
            inTheMiddle(control, id, step);
            die(Breakpoint.atStep(control, step, "SUCCEEDED"), true);
            passed.add(step);
        }
        die(Breakpoint.atJob(control, "NEW.state = 'SUCCEEDED'"), true);
        service.startAgain();
        JsonNode job = service.api().await(kind, id);
        LOG.infof("%s survived %d kills in %s", kind, 3 * passed.size() + 1, passed);
        return job;
    }

    private List<String> steps(String id) {
        return Invariants.ask(
                service.place().control(), "SELECT name FROM job_step WHERE job_id = '" + id + "' ORDER BY position");
    }

    /** The breakpoint is set before the job is there, so that its first step does not slip through. */
    private String order(String body, DatabaseAddress control) throws SQLException {
        Breakpoint first = Breakpoint.atStep(control, "inspect", "RUNNING");
        String id = service.api().order(kind, body);
        die(first, false);
        return id;
    }

    private void die(Breakpoint point, boolean start) throws SQLException {
        if (start) {
            service.startAgain();
        }
        point.kill(service);
        application.run();
    }

    /** As if the begin had been committed and nothing else: the service was killed a moment before. */
    private static void writeBegin(DatabaseAddress control, String id, String step) {
        TestPostgres.execute(
                control,
                "UPDATE job_step SET state = 'RUNNING', started_at = now() WHERE job_id = '" + id + "' AND name = '"
                        + step + "'");
    }

    /** A step that is quicker than the killer is held at its end. */
    private void inTheMiddle(DatabaseAddress control, String id, String step) throws SQLException {
        String begun = "SELECT started_at::text FROM job_step WHERE job_id = '" + id + "' AND name = '" + step + "'";
        List<String> before = Invariants.ask(control, begun);
        Breakpoint end = Breakpoint.atStep(control, step, "SUCCEEDED");
        service.startAgain();
        Soon.until(() -> !Invariants.ask(control, begun).equals(before));
        LockSupport.parkNanos(MIDDLE_NANOS);
        service.killNine();
        end.lose();
        application.run();
    }
}
