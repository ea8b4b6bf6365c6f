package dev.belay.restore;

import dev.belay.salvage.SalvageReport;
import java.util.List;

/**
 * Whether everything was carried while applications were kept out, so that only the names are left to change. Once it is, the
 * job cannot be cancelled, and a restart completes it.
 *
 * @param outageBeganMillis when applications began to be kept out, in milliseconds since 1970; 0 when it is not complete
 * @param report what was carried in all
 * @param leftBehind what was not, which the request accepted
 */
record Complete(long outageBeganMillis, SalvageReport report, List<String> leftBehind) {

    static final Complete NOT_YET = new Complete(0, SalvageReport.NOTHING, List.of());

    Complete {
        leftBehind = List.copyOf(leftBehind);
    }
}
