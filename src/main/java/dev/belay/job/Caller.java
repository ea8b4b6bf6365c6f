package dev.belay.job;

import dev.belay.access.Access;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who sent the request, and what about jobs they may do. */
@ApplicationScoped
public class Caller {

    private final Access access;
    private final Jobs jobs;

    Caller(Access access, Jobs jobs) {
        this.access = access;
        this.jobs = jobs;
    }

    /**
     * The caller's name, or {@link Access#ANONYMOUS}.
     *
     * @throws dev.belay.problem.ProblemException INVALID_REQUEST when a proxy in front gives one that is no name
     */
    public String name() {
        return access.caller();
    }

    /**
     * Decides about the database that the request is about.
     *
     * @throws dev.belay.problem.ProblemException FORBIDDEN when the caller may not
     */
    public void to(String database) {
        access.to(database);
    }

    /**
     * Decides about the database of a job.
     *
     * @throws dev.belay.problem.ProblemException NOT_FOUND when there is no such job, FORBIDDEN when the caller may not
     */
    public Job toJob(JobKind kind, UUID id) {
        Job job = jobs.require(kind, id);
        access.to(job.database());
        return job;
    }

    /** The databases about which a list may show something; empty when it may about all. */
    Optional<Set<String>> visible() {
        return access.visible();
    }
}
