package dev.belay.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.job.JobKind;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A single step: accept. */
@ApplicationScoped
class AcceptanceDefinition implements JobDefinition {

    private final List<Step> steps;

    AcceptanceDefinition(AcceptStep accept) {
        this.steps = List.of(accept);
    }

    @Override
    public JobKind kind() {
        return JobKind.ACCEPTANCE;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return steps;
    }
}
