package dev.belay;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the control database, unless the configuration names one, then the service. */
@QuarkusMain
public class Belay {

    private Belay() {}

    /** Ends when the process is told to; then the control database goes last. */
    public static void main(String... arguments) {
        try (ControlServer control = ControlServer.startIfNeeded()) {
            control.announce();
            Quarkus.run(arguments);
        }
    }
}
