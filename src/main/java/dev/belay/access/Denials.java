package dev.belay.access;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What somebody is told who may not do what was asked. */
final class Denials {

    private Denials() {}

    /** @param what it is needed for, such as {@code for all databases}; may be empty */
    static ProblemException because(@Nullable KnownCaller caller, Role needed, String what) {
        return caller == null
                ? ProblemType.UNAUTHORIZED.because("The request does not say who sent it, or says it with a token that"
                        + " is not known, expired or revoked. Nothing was done. Send a token as Authorization: Bearer …;"
                        + " an admin makes one by POST /tokens.")
                : ProblemType.FORBIDDEN.because("The caller " + caller.name() + " does not have the role " + needed
                        + what + ". Nothing was done. An admin can give a token that has it.");
    }

    /** When nobody can say whether a token is good. */
    static ProblemException issuerAway() {
        return ProblemType.ISSUER_UNREACHABLE.because(
                "The request has the token of an issuer that cannot be asked at the"
                        + " moment, so nobody knows whether it is good. Nothing was done. Ask again later.");
    }
}
