package dev.belay.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.job.JobKind;
import dev.belay.run.JobDefinition;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → audit. */
@ApplicationScoped
class AuditDefinition implements JobDefinition {

    private final List<Step> steps;

    AuditDefinition(InspectAuditStep inspect, AuditStep audit) {
        this.steps = List.of(inspect, audit);
    }

    @Override
    public JobKind kind() {
        return JobKind.AUDIT;
    }

    @Override
    public List<Step> steps(JsonNode request) {
        return steps;
    }
}
