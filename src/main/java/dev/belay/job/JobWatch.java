package dev.belay.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.limit.LimitConfig;
import dev.belay.limit.OpenAnswers;
import dev.belay.limit.Place;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for changes of jobs. It polls the control database, because the job may run on any replica; an index makes a look
 * cost less than a millisecond.
 */
@ApplicationScoped
public class JobWatch {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Jobs jobs;
    private final Sse sse;
    private final ObjectMapper json;
    private final OpenAnswers open;
    private final Duration heartbeat;

    JobWatch(Jobs jobs, Sse sse, ObjectMapper json, OpenAnswers open, LimitConfig config) {
        this.jobs = jobs;
        this.sse = sse;
        this.json = json;
        this.open = open;
        this.heartbeat = config.heartbeat();
    }

    /**
     * The job once it is done, once it is news to the caller, when the patience ends or the service does, or when the caller
     * went away.
     *
     * @param isNews whether a job that is not done is worth an answer
     * @throws dev.belay.problem.TooManyException when it would have to be waited for and too many wait already
     */
    Job await(Supplier<Job> look, Duration patience, Predicate<Job> isNews) {
        Job job = look.get();
        if (patience.isZero() || !isAwaited(job, isNews)) {
            return job;
        }
        long deadline = System.nanoTime() + patience.toNanos();
        try (Place place = open.hold()) {
            while (isAwaited(job, isNews)
                    && System.nanoTime() < deadline
                    && !place.isClosed()
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
                job = look.get();
            }
        }
        return job;
    }

    private static boolean isAwaited(Job job, Predicate<Job> isNews) {
        return !job.state().isFinal() && !isNews.test(job);
    }

    /**
     * The job's events after the given one, then those to come, then the end; or up to the service's own end.
     *
     * @throws dev.belay.problem.TooManyException when too many streams are open already
     */
    Multi<OutboundSseEvent> events(UUID id, long after) {
        AtomicLong last = new AtomicLong(after);
        AtomicLong spoke = new AtomicLong(System.nanoTime());
        AtomicBoolean ended = new AtomicBoolean();
        Place place = open.stream();
        // Every look asks the control database, so every look needs a worker thread, not only the first.
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom()
                        .item(() -> next(id, last, spoke, ended, place))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .withDelay(LOOK_AGAIN)
                .whilst(events -> !ended.get())
                .onItem()
                .transformToIterable(events -> events)
                .onTermination()
                .invoke(place::close);
    }

    private List<OutboundSseEvent> next(UUID id, AtomicLong last, AtomicLong spoke, AtomicBoolean ended, Place place) {
        // Asked before the events are: what a job that ends in between left is then found by the next look.
        boolean over = jobs.isOver(id);
        List<JobEvent> found = jobs.events(id, last.get());
        if (found.isEmpty()) {
            // A stream resumed after the end has nothing left to hear.
            ended.set(over || place.isClosed());
            return heartbeat(spoke);
        }
        JobEvent newest = found.get(found.size() - 1);
        last.set(newest.sequence == null ? last.get() : newest.sequence);
        spoke.set(System.nanoTime());
        ended.set(newest.type.equals("end") || place.isClosed());
        return found.stream().map(this::event).toList();
    }

    private List<OutboundSseEvent> heartbeat(AtomicLong spoke) {
        if (System.nanoTime() - spoke.get() < heartbeat.toNanos()) {
            return List.of();
        }
        spoke.set(System.nanoTime());
        return List.of(sse.newEventBuilder().comment("still here").build());
    }

    private OutboundSseEvent event(JobEvent event) {
        return sse.newEventBuilder()
                .id(String.valueOf(event.sequence))
                .name(event.type)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(String.class, json.valueToTree(event.data).toString())
                .build();
    }
}
