package dev.belay.run;

/** Stops a job's steps because the process is shutting down: the job goes back into the queue and is taken up later. */
final class ParkedException extends RuntimeException {

    ParkedException() {
        super("the process is shutting down; the job goes on when a runner takes it up again");
    }
}
