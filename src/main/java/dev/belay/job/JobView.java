package dev.belay.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.problem.Problem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it, the same from POST and from GET.
 *
 * @param done whether the state is final
 * @param cancellable whether it can be cancelled: not when it is over, nor past the point of no return
 * @param databaseState what the job has done to the database so far
 * @param result what the job produced, by name
 * @param error why it failed; null unless it did
 * @param scheduledFor when a SCHEDULED job goes on by itself; null for any other
 * @param approvableUntil until when an AWAITING_APPROVAL job can be approved, after which it fails; null for any other
 * @param links where to go from here, by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        UUID id,
        JobKind kind,
        String database,
        JobState state,
        boolean done,
        boolean cancellable,
        DatabaseState databaseState,
        Instant created,
        @Nullable Instant started,
        @Nullable Instant finished,
        @Nullable Instant scheduledFor,
        @Nullable Instant approvableUntil,
        String requestedBy,
        List<StepView> steps,
        Map<String, Object> result,
        @Nullable Problem error,
        Map<String, String> links) {

    /**
     * A step.
     *
     * @param progress how much of it is done, 0 to 1
     * @param detail what it is doing or what it found, for a person
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepView(
            String name,
            StepState state,
            @Nullable Instant started,
            @Nullable Instant finished,
            double progress,
            String detail) {

        static StepView of(JobStep step) {
            return new StepView(step.name, step.state, step.startedAt, step.finishedAt, step.progress, step.detail);
        }

        private String seconds() {
            return started == null || finished == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "%.1f s",
                            Duration.between(started, finished).toMillis() / 1000.0);
        }
    }

    static JobView of(Job job, URI base) {
        String self = base.resolve("/" + job.kind.path() + "/" + job.id).toString();
        return new JobView(
                job.id,
                job.kind,
                job.database,
                job.state,
                job.state.isFinal(),
                !job.state.isFinal() && !job.noReturn,
                job.databaseState,
                job.createdAt,
                job.startedAt,
                job.finishedAt,
                job.state == JobState.SCHEDULED ? job.wakeAt : null,
                job.state == JobState.AWAITING_APPROVAL ? job.wakeAt : null,
                job.requestedBy,
                job.steps.stream().map(StepView::of).toList(),
                job.result,
                job.error,
                links(job, self, base));
    }

    private static Map<String, String> links(Job job, String self, URI base) {
        Map<String, String> links = new TreeMap<>(Map.of(
                "self", self,
                "outcome", self + "/outcome",
                "events", self + "/events",
                "cancel", self + "/cancel",
                "database", base.resolve("/databases/").toString() + job.database));
        if (job.kind == JobKind.MIGRATION) {
            links.put("plan", self + "/plan");
            links.put("review", self + "/review");
            links.put("approvals", self + "/approvals");
            Object rollback = job.result.get("rollback");
            if (rollback != null) {
                links.put("rollback", base.resolve("/rollbacks/").toString() + rollback);
            }
        }
        if (job.kind == JobKind.DRAFT) {
            links.put("files", self + "/files");
            links.put("review", self + "/review");
            links.put("zip", self + "/zip");
        }
        if (job.kind == JobKind.ROLLBACK) {
            links.put("salvage", self + "/salvage");
        }
        return links;
    }

    /** The job as an aligned table of its steps, for a person at a terminal. */
    String asText() {
        StringBuilder text = new StringBuilder();
        text.append(kind.name().toLowerCase(Locale.ROOT))
                .append(' ')
                .append(id)
                .append(" of ")
                .append(database);
        text.append(": ")
                .append(state)
                .append(", database ")
                .append(databaseState)
                .append(done || cancellable ? "" : ", past the point of no return")
                .append('\n');
        int widest = steps.stream().mapToInt(step -> step.name().length()).max().orElse(0);
        for (StepView step : steps) {
            text.append(String.format(
                            Locale.ROOT,
                            "  %-" + widest + "s  %-9s  %8s  %s",
                            step.name(),
                            step.state(),
                            step.seconds(),
                            step.detail())
                    .stripTrailing());
            text.append('\n');
        }
        if (error != null) {
            text.append(error.title()).append(": ").append(error.detail()).append('\n');
        }
        return text.toString();
    }
}
