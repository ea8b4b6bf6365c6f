package dev.belay.check;

import dev.belay.database.Project;

/**
 * Who asks for an acceptance: what the project is now, and what opens its application.
 *
 * @param passwords the configured secrets
 */
public record Examiner(Project project, Passwords passwords) {

    /** Where a password is found. */
    public interface Passwords {

        /**
         * The password of a name.
         *
         * @throws dev.belay.problem.ProblemException CONFIGURATION_INVALID when there is none
         */
        String of(String secret);
    }
}
