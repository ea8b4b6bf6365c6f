package dev.belay.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Where a runner writes down what a job did. Every write names the attempt it belongs to; one of an attempt that has been
 * superseded is refused, so that a runner that was paused and taken for dead cannot write over its successor.
 */
@ApplicationScoped
public class JobJournal {

    private final Clock clock;
    private final ObjectMapper json;

    JobJournal(Clock clock, ObjectMapper json) {
        this.clock = clock;
        this.json = json;
    }

    /** Thrown when a job has been taken up by another runner, or is over. Whoever meets it just stops. */
    public static class FencedException extends RuntimeException {
        FencedException(UUID job, int attempt) {
            super("job " + job + " is no longer run as attempt " + attempt);
        }
    }

    /**
     * Takes up the database's next job: first one whose runner died, else one that goes ahead, else the one that came first.
     * One that waits for a time or a decision is left alone until then.
     *
     * @return empty when none is to be run
     */
    @Transactional
    public Optional<Job> claimNext(String database) {
        Instant now = clock.instant();
        // Only the lock shows what it is by now: it may have been cancelled a moment ago.
        Optional<Job> job = Turns.nextId(database, now).flatMap(Job::lock).filter(found -> Turns.isDue(found, now));
        job.ifPresent(found -> found.start(now));
        return job;
    }

    /** The databases that have jobs which are not over and do not wait. */
    @Transactional
    public List<String> databasesWithWork() {
        return Turns.databases(clock.instant());
    }

    /** Changes a job on behalf of one attempt. */
    @Transactional
    public void write(UUID id, int attempt, BiConsumer<Job, Instant> change) {
        Job job = Job.lock(id).orElseThrow(() -> new FencedException(id, attempt));
        if (job.attempt() != attempt || job.state().isFinal()) {
            throw new FencedException(id, attempt);
        }
        change.accept(job, clock.instant());
    }

    /** The body of the request that made the job. */
    @Transactional
    public JsonNode request(UUID id) {
        return read(id).request;
    }

    /** Where the job is, as of now. */
    @Transactional
    public Job read(UUID id) {
        return Job.<Job>findByIdOptional(id).orElseThrow();
    }

    /** Keeps what a step found out, in place of earlier evidence of the same type. */
    @Transactional
    public void keep(UUID id, int attempt, Object evidence) {
        keep(id, attempt, evidence, (job, now) -> {});
    }

    /** Keeps what a step found out and changes the job, both or neither. */
    @Transactional
    public void keep(UUID id, int attempt, Object evidence, BiConsumer<Job, Instant> change) {
        write(id, attempt, change);
        JobEvidence.Key key = new JobEvidence.Key(id, evidence.getClass().getSimpleName());
        JsonNode content = json.valueToTree(evidence);
        Optional<JobEvidence> before = JobEvidence.findByIdOptional(key);
        before.ifPresentOrElse(kept -> kept.content = content, () -> new JobEvidence(key, content).persist());
    }

    /** The newest job of a kind that left a database in the given state. */
    @Transactional
    public Optional<Job> last(String database, JobKind kind, DatabaseState state) {
        return Job.find(
                        "database = ?1 and kind = ?2 and databaseState = ?3 and finishedAt is not null order by number desc",
                        database,
                        kind,
                        state)
                .firstResultOptional();
    }

    /** Whether nobody will work on the job any more: it is over, or there is no such job. */
    @Transactional
    public boolean isOver(UUID id) {
        return Job.count("id = ?1 and finishedAt is null", id) == 0;
    }

    /** The jobs whose evidence of a type has a value in a field. */
    @Transactional
    public List<UUID> jobsWith(Class<?> evidence, String field, String value) {
        return JobEvidence.ofField(evidence.getSimpleName(), field, value);
    }

    /** What a step of the job found out earlier. */
    @Transactional
    public <T> Optional<T> evidence(UUID id, Class<T> type) {
        return JobEvidence.<JobEvidence>findByIdOptional(new JobEvidence.Key(id, type.getSimpleName()))
                .map(kept -> json.convertValue(kept.content, type));
    }
}
