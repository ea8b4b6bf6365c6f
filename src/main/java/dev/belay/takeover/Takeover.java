package dev.belay.takeover;

import dev.belay.postgres.Identifiers;
import java.util.UUID;

/**
 * Which database takes over from which. Kept before anything is created: by the OID, which a rename does not change, a
 * restarted runner tells on which side of the swap it is.
 *
 * @param live the name that applications use
 * @param liveOid the database that had this name when the job began
 * @param successor the name of the new one until it takes over
 * @param keptAs the name of the replaced one from then on
 */
public record Takeover(String live, long liveOid, String successor, String keptAs) {

    private static final int LONGEST_STEM = 30;

    /** @param word why, part of the names: {@code reset} or {@code refresh} */
    static Takeover of(UUID job, String word, String live, long liveOid) {
        // A name has 63 bytes at most.
        String stem = Identifiers.shortened(live, LONGEST_STEM);
        String tag = job.toString().substring(0, 8);
        return new Takeover(live, liveOid, stem + "_after_" + word + "_" + tag, stem + "_before_" + word + "_" + tag);
    }

    static String mark(UUID job) {
        return "belay takeover " + job;
    }
}
