package dev.belay;

import dev.belay.access.TokenText;
import dev.belay.limit.SlowHeads;
import dev.belay.problem.ProblemException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Starts the control database, unless the configuration names one, then the service. */
@QuarkusMain
public class Belay {

    private Belay() {}

    /** Ends when the process is told to; then the control database goes last. With "token", it only prints a new one. */
    public static void main(String... arguments) {
        if (List.of(arguments).equals(List.of("token"))) {
            say(TokenText.draw());
            return;
        }
        AtomicInteger exitCode = new AtomicInteger();
        SlowHeads.enable();
        try (ControlServer control = ControlServer.startIfNeeded()) {
            control.announce();
            // Quarkus' own handler ends the process at once, before the control database is stopped.
            Quarkus.run(null, (code, failure) -> ended(code, failure, exitCode), arguments);
        } catch (ProblemException e) {
            say(e);
            // Logging is not set up yet, and an orderly exit would print all that was held back for it.
            Runtime.getRuntime().halt(1);
        }
        if (exitCode.get() != 0) {
            System.exit(exitCode.get());
        }
    }

    private static void ended(int code, @Nullable Throwable failure, AtomicInteger exitCode) {
        exitCode.set(code);
        if (failure != null) {
            say(failure);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String text) {
        System.out.println(text);
    }

    /** The first problem that Belay itself tells of, or the message of what else kept it from starting. */
    @SuppressWarnings("SystemOut")
    private static void say(Throwable failure) {
        Throwable told = failure;
        while (!(told instanceof ProblemException) && told.getCause() != null) {
            told = told.getCause();
        }
        System.err.println("Belay does not start. " + told.getMessage());
    }
}
