package dev.belay.postgres;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A role's password, asked for anew by every connection, so that one that was changed in its file counts from the next
 * connection on.
 */
public sealed interface Password {

    /** For servers that ask for none: by trust, or because a certificate says who comes. */
    Password NONE = new Given(null);

    /**
     * What it is now; null for none.
     *
     * @throws dev.belay.problem.ProblemException CONFIGURATION_INVALID when it cannot be read, or is none
     */
    @Nullable
    String now();

    /** One that does not change. */
    record Given(@Nullable String text) implements Password {

        @Override
        public @Nullable String now() {
            return text;
        }

        /** Without it, so that no log line can leak it. */
        @Override
        public String toString() {
            return "a password";
        }
    }

    /** One in a file of its own, as Kubernetes mounts secrets. Line ends behind it do not count. */
    record InFile(Path file) implements Password {

        @Override
        public String now() {
            try {
                String held = Files.readString(file).replaceAll("[\\r\\n]+\\z", "");
                if (held.isEmpty() || held.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\0')) {
                    throw refused("has to hold the password and nothing else, on one line", null);
                }
                return held;
            } catch (IOException e) {
                throw refused("cannot be read as text", e);
            }
        }

        private ProblemException refused(String fault, @Nullable IOException cause) {
            String detail = "The password file " + file + " " + fault
                    + ". Nothing was asked of the server. Mend the file, then ask again; no restart is needed.";
            return cause == null
                    ? ProblemType.CONFIGURATION_INVALID.because(detail)
                    : ProblemType.CONFIGURATION_INVALID.because(detail, cause);
        }
    }
}
