package dev.belay.restore;

import dev.belay.postgres.Identifiers;
import java.util.UUID;

/**
 * Which database a restore puts in the place of which. Kept before anything is created: by the OID, which a rename does not
 * change, a restarted runner tells on which side of the swap it is.
 *
 * @param live the name that applications use
 * @param liveOid the database that had this name when the job began
 * @param successor the name under which the backup is restored
 * @param keptAs the name under which the replaced database is kept
 */
record RestorePlan(UUID backup, String live, long liveOid, String successor, String keptAs) {

    private static final int LONGEST_STEM = 30;

    static RestorePlan of(UUID job, UUID backup, String live, long liveOid) {
        // A name has 63 bytes at most.
        String stem = Identifiers.shortened(live, LONGEST_STEM);
        String tag = job.toString().substring(0, 8);
        return new RestorePlan(backup, live, liveOid, stem + "_restored_" + tag, stem + "_before_restore_" + tag);
    }
}
