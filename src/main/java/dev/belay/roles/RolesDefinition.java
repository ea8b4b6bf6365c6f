package dev.belay.roles;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.job.JobKind;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → apply. */
@ApplicationScoped
class RolesDefinition implements JobDefinition {

    private final List<Step> steps;

    RolesDefinition(InspectRolesStep inspect, ApplyRolesStep apply) {
        this.steps = List.of(inspect, apply);
    }

    @Override
    public JobKind kind() {
        return JobKind.ROLES;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return steps;
    }
}
