package dev.belay.stage;

import dev.belay.stage.Client.Answer;
import dev.belay.stage.JobSeen.StepSeen;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Orders jobs and follows them to their end. */
public final class Jobs {

    private final Client client;
    private final Narrator narrator;
    private final Clock clock;

    /** Who asks for everything. */
    public static final String OPERATOR = "amina";

    /** What is done when a job waits for somebody. */
    public interface WhenWaiting {
        void decide(String job) throws IOException, InterruptedException;
    }

    public Jobs(Client client, Narrator narrator, Clock clock) {
        this.client = client;
        this.narrator = narrator;
        this.clock = clock;
    }

    /**
     * Orders a job and tells of every step as it ends.
     *
     * @param path of the resource, such as {@code /backups}
     */
    public JobSeen run(String path, Map<String, ?> order) throws IOException, InterruptedException {
        return run(path, order, job -> {});
    }

    public JobSeen run(String path, Map<String, ?> order, WhenWaiting decision)
            throws IOException, InterruptedException {
        Answer accepted = client.post(OPERATOR, path, order);
        narrator.check("POST " + path + " is accepted", 202, accepted.status());
        String job = URI.create(accepted.header("location")).getPath();
        Set<String> told = new HashSet<>();
        String known = "\"none\"";
        JobSeen seen = JobSeen.of(accepted.body());
        boolean decided = false;
        while (true) {
            // A second at a time, only so that the clock on the console moves.
            Answer answer = client.get(job + "?wait=1s", "If-None-Match", known);
            if (answer.status() == 200) {
                known = answer.header("etag");
                seen = JobSeen.of(answer.body());
                tell(seen, told);
            } else if (answer.status() != 304) {
                narrator.check("GET " + path + "/{id} is answered", 200, answer.status());
            }
            if (seen.done()) {
                break;
            }
            if (seen.waits() && !decided) {
                decided = true;
                decision.decide(job);
            }
            seen.steps().stream().filter(StepSeen::isRunning).forEach(this::show);
        }
        narrator.check(
                "The job ends",
                "SUCCEEDED",
                seen.error().isEmpty() ? seen.state() : seen.state() + ". " + seen.error());
        return seen;
    }

    private void tell(JobSeen job, Set<String> told) {
        for (StepSeen step : job.steps()) {
            if (step.isOver() && told.add(step.name())) {
                narrator.done(step.name(), step.took(), step.detail());
            }
        }
    }

    private void show(StepSeen step) {
        narrator.console()
                .live("   " + step.name() + "  "
                        + Text.seconds(Duration.between(Instant.parse(step.started()), clock.instant()))
                        + (step.progress() > 0 ? "  " + Text.percent(step.progress()) : "")
                        + "  " + step.detail());
    }
}
