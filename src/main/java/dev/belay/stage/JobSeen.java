package dev.belay.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A job as its resource showed it.
 *
 * @param error title and detail of its problem; empty when it has none
 */
public record JobSeen(
        String id,
        boolean done,
        String state,
        String databaseState,
        List<StepSeen> steps,
        JsonNode result,
        String error) {

    /** A step; its times are empty strings until it has them. */
    public record StepSeen(String name, String state, double progress, String detail, String started, String finished) {

        boolean isRunning() {
            return state.equals("RUNNING");
        }

        boolean isOver() {
            return !finished.isEmpty();
        }

        Duration took() {
            return started.isEmpty() || finished.isEmpty()
                    ? Duration.ZERO
                    : Duration.between(Instant.parse(started), Instant.parse(finished));
        }

        private static StepSeen of(JsonNode step) {
            return new StepSeen(
                    step.path("name").asText(),
                    step.path("state").asText(),
                    step.path("progress").asDouble(),
                    step.path("detail").asText(),
                    step.path("started").asText(),
                    step.path("finished").asText());
        }
    }

    /** Whether somebody has to approve it. */
    public boolean waits() {
        return state.equals("AWAITING_APPROVAL");
    }

    public static JobSeen of(JsonNode view) {
        List<StepSeen> steps = new ArrayList<>();
        view.path("steps").forEach(step -> steps.add(StepSeen.of(step)));
        JsonNode error = view.path("error");
        return new JobSeen(
                view.path("id").asText(),
                view.path("done").asBoolean(),
                view.path("state").asText(),
                view.path("databaseState").asText(),
                List.copyOf(steps),
                view.path("result"),
                error.isMissingNode()
                        ? ""
                        : error.path("title").asText() + ": "
                                + error.path("detail").asText());
    }

    /** The names of the steps that succeeded, in order. */
    public String succeeded() {
        return String.join(
                ", ",
                steps.stream()
                        .filter(step -> step.state().equals("SUCCEEDED"))
                        .map(StepSeen::name)
                        .toList());
    }

    /** What the step found, for a person. */
    public String detail(String step) {
        return steps.stream()
                .filter(one -> one.name().equals(step))
                .map(StepSeen::detail)
                .findFirst()
                .orElse("");
    }
}
