package dev.belay.draft;

import dev.belay.problem.Problem;
import java.util.List;

/**
 * Writes one kind of draft. One bean a kind.
 *
 * @param <F> the fields that a request of this kind has besides the common ones: a record with validation annotations; a
 *     field it does not have is refused
 */
public interface Author<F> {

    /** The word that asks for it, such as {@code diff}. */
    String kind();

    Class<F> fields();

    /** Whether a request has to name a module when the project has several. */
    default boolean isForOneModule() {
        return true;
    }

    /** What is wrong with the fields beyond what annotations say, by JSON pointers such as {@code #/desired/file}. */
    default List<Problem.FieldError> faults(F fields, Commission commission) {
        return List.of();
    }

    /**
     * Looks whether it can be written at all; in the step inspect, with nothing put up yet. By default scripts that are
     * pending are refused, because a draft that is written from the live schema would come after them.
     *
     * @throws dev.belay.problem.ProblemException when it cannot, with what to do about it
     */
    default void inspect(F fields, Commission commission) throws Exception {
        commission.requireNothingPending();
    }

    /**
     * Writes the files.
     *
     * @throws dev.belay.problem.ProblemException DRAFT_NOT_PROVEN, when there is no way to write it
     */
    Draft write(F fields, Desk desk) throws Exception;

    /**
     * Proves the draft. By default {@link Trial}: forward, compared with what the kind promises, back, compared with the
     * start, forward again.
     *
     * @throws dev.belay.problem.ProblemException DRAFT_NOT_PROVEN, with what differs
     */
    default DraftProof prove(F fields, Desk desk, Draft draft) throws Exception {
        return new Trial(desk).run(draft, Trial.Goal.NONE);
    }
}
