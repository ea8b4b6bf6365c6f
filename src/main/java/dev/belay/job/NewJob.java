package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An order for a job.
 *
 * @param database a managed database, by its name in the configuration; already checked to exist
 * @param request the body of the request, kept with the job
 * @param steps the names of its steps, in order
 */
public record NewJob(JobKind kind, String database, JsonNode request, String requestedBy, List<String> steps) {

    public NewJob {
        steps = List.copyOf(steps);
    }
}
