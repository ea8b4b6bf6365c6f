package dev.belay.embedded;

import dev.belay.problem.ProblemType;

final class Pause {

    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemType.SERVER_FAILED.because("Belay is shutting down and no longer waits for its server.", e);
        }
    }
}
