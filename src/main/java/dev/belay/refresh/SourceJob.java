package dev.belay.refresh;

import dev.belay.job.DatabaseState;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import dev.belay.run.JobContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The job as the steps see it that back the source up: it is about that database. */
record SourceJob(JobContext job, String database) implements JobContext {

    static SourceJob of(JobContext job) {
        return new SourceJob(job, job.request(RefreshRequest.class).from());
    }

    @Override
    public UUID jobId() {
        return job.jobId();
    }

    @Override
    public JobKind kind() {
        return job.kind();
    }

    @Override
    public <T> T request(Class<T> type) {
        return job.request(type);
    }

    @Override
    public <T> Optional<T> evidence(Class<T> type) {
        return job.evidence(type);
    }

    @Override
    public void keep(Object evidence) {
        job.keep(evidence);
    }

    @Override
    public void detail(String detail) {
        job.detail(detail);
    }

    @Override
    public void result(String name, Object value) {
        job.result(name, value);
    }

    @Override
    public void databaseIs(DatabaseState state) {
        throw new IllegalStateException("the source of a refresh is only read");
    }

    @Override
    public void passNoReturn() {
        throw new IllegalStateException("the source of a refresh is only read");
    }

    @Override
    public void passNoReturn(Object evidence) {
        throw new IllegalStateException("the source of a refresh is only read");
    }

    @Override
    public String requestedBy() {
        return job.requestedBy();
    }

    @Override
    public void waitFor(JobState state, @Nullable Instant wakeAt, String detail) {
        job.waitFor(state, wakeAt, detail);
    }

    @Override
    public void finishEarly() {
        job.finishEarly();
    }

    @Override
    public void progress(double fraction, String detail) {
        job.progress(fraction, detail);
    }

    @Override
    public void check() {
        job.check();
    }

    @Override
    public Registration onStop(Runnable action) {
        return job.onStop(action);
    }
}
