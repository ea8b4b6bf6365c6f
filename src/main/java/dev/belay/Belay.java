package dev.belay;

import dev.belay.problem.ProblemException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts the control database, unless the configuration names one, then the service. */
@QuarkusMain
public class Belay {

    private Belay() {}

    /** Ends when the process is told to; then the control database goes last. */
    public static void main(String... arguments) {
        AtomicInteger exitCode = new AtomicInteger();
        try (ControlServer control = ControlServer.startIfNeeded()) {
            control.announce();
            // Quarkus' own handler ends the process at once, before the control database is stopped.
            Quarkus.run(null, (code, failure) -> exitCode.set(code), arguments);
        } catch (ProblemException e) {
            refuse(e);
        }
        if (exitCode.get() != 0) {
            System.exit(exitCode.get());
        }
    }

    /** Logging is not set up yet, and an orderly exit would print all that was held back for it. */
    @SuppressWarnings("SystemOut")
    private static void refuse(ProblemException e) {
        System.err.println("Belay does not start. " + e.getMessage());
        Runtime.getRuntime().halt(1);
    }
}
