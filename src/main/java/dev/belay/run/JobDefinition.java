package dev.belay.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.job.JobKind;
import java.util.List;

/** What a kind of job consists of. One bean a kind. */
public interface JobDefinition {

    JobKind kind();

    /** The steps in their order, for a request of this kind; also those that only some jobs of it have. */
    List<Step> steps(JsonNode request);

    /**
     * Removes what the job's steps put up and nothing needs any more: clones, temporary files, held snapshots. Called
     * before the job's end is written down, however it ends, and again if that was interrupted.
     */
    default void cleanUp(JobContext job) throws Exception {}

    /** The names of the steps that a new job gets. They stay with it, whatever the configuration says later. */
    default List<String> stepNames(JsonNode request) {
        return steps(request).stream().map(Step::name).toList();
    }
}
