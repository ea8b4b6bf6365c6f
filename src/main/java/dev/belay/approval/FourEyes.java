package dev.belay.approval;

import dev.belay.access.Access;
import dev.belay.policy.Policy;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;

/** The rule that nobody approves what they asked for. It needs to know both. */
final class FourEyes {

    private FourEyes() {}

    /**
     * Refuses an approver.
     *
     * @throws ProblemException FOUR_EYES
     */
    static void require(Policy policy, String requestedBy, String approver) {
        if (!policy.fourEyes()) {
            return;
        }
        requireRequester(policy, requestedBy);
        if (isNobody(approver)) {
            throw ProblemType.FOUR_EYES.because("Nobody can tell who you are, and the policy of this database wants"
                    + " somebody else to approve than who asked. Nothing was approved. Send the request through the proxy"
                    + " that names its callers.");
        }
        if (approver.equalsIgnoreCase(requestedBy)) {
            throw ProblemType.FOUR_EYES.because("You asked for this migration yourself (" + requestedBy
                    + "), and the policy of this database wants somebody else to approve it. Nothing was approved.");
        }
    }

    /**
     * Refuses a migration that nobody could ever approve.
     *
     * @throws ProblemException FOUR_EYES
     */
    static void requireRequester(Policy policy, String requestedBy) {
        if (policy.approval() && policy.fourEyes() && isNobody(requestedBy)) {
            throw ProblemType.FOUR_EYES.because("Nobody can tell who asked for this migration, and the policy of this"
                    + " database wants somebody else to approve it, so nobody could. Nothing was changed. Ask again through"
                    + " the proxy that names its callers, or set four-eyes to false in the policy.");
        }
    }

    private static boolean isNobody(String name) {
        return name.equalsIgnoreCase(Access.ANONYMOUS);
    }
}
