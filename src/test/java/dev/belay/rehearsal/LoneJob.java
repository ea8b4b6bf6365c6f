package dev.belay.rehearsal;

import dev.belay.job.DatabaseState;
import dev.belay.job.JobKind;
import dev.belay.job.JobState;
import dev.belay.run.JobContext;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job of one step that nobody watches; what the step tells is not kept. */
final class LoneJob implements JobContext {

    private final UUID id = UUID.randomUUID();

    @Override
    public UUID jobId() {
        return id;
    }

    @Override
    public JobKind kind() {
        return JobKind.MIGRATION;
    }

    @Override
    public String database() {
        return "lone";
    }

    @Override
    public <T> T request(Class<T> type) {
        throw new IllegalStateException("nobody asked for this job");
    }

    @Override
    public <T> Optional<T> evidence(Class<T> type) {
        return Optional.empty();
    }

    @Override
    public void keep(Object evidence) {}

    @Override
    public void detail(String detail) {}

    @Override
    public void result(String name, Object value) {}

    @Override
    public void databaseIs(DatabaseState state) {}

    @Override
    public void passNoReturn() {}

    @Override
    public void passNoReturn(Object evidence) {}

    @Override
    public String requestedBy() {
        return "nobody";
    }

    @Override
    public void waitFor(JobState state, @Nullable Instant wakeAt, String detail) {
        throw new IllegalStateException("nothing wakes this job");
    }

    @Override
    public void finishEarly() {}

    @Override
    public void progress(double fraction, String detail) {}

    @Override
    public void check() {}

    @Override
    public Registration onStop(Runnable action) {
        return () -> {};
    }
}
