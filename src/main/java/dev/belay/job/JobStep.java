package dev.belay.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step of a job as the job remembers it. Changed by {@link Job} alone. */
@Embeddable
public class JobStep {

    @Column(nullable = false)
    String name;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    StepState state = StepState.PENDING;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(nullable = false)
    double progress;

    @Column(nullable = false)
    String detail = "";

    protected JobStep() {}

    JobStep(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public StepState state() {
        return state;
    }

    void begin(Instant now) {
        state = StepState.RUNNING;
        startedAt = now;
        finishedAt = null;
        progress = 0;
        detail = "";
    }

    void await(String what) {
        state = StepState.WAITING;
        progress = 0;
        detail = what;
    }

    void end(StepState end, Instant now) {
        state = end;
        finishedAt = now;
        if (end == StepState.SUCCEEDED) {
            progress = 1;
        }
    }

    /** The job is over: what was not begun is left out, and what a process died in the middle of has failed. */
    void settle(boolean cancelled, Instant now) {
        switch (state) {
            case PENDING -> state = cancelled ? StepState.CANCELLED : StepState.SKIPPED;
            case RUNNING, WAITING -> end(cancelled ? StepState.CANCELLED : StepState.FAILED, now);
            case SUCCEEDED, FAILED, CANCELLED, SKIPPED -> {}
        }
    }
}
