package dev.belay.policy;

import java.time.Duration;
import java.util.List;

/**
 * What has to hold before a migration of a database is applied.
 *
 * @param approval whether somebody has to approve the plan
 * @param fourEyes whether that has to be another person than the one who asked for the migration
 * @param planAge how old the plan may be when it is applied
 * @param backupAge how old the migration's backup may be then
 * @param backupShrink by which part a backup's rows or bytes may plausibly be fewer than those of the one before, 0 to 1
 * @param highestRisk the highest risk that may be applied
 * @param drift what it means that the schema is not the one that the last migration left
 * @param onFailure what follows when it is applied and not as it was rehearsed
 * @param standby whether a copy of the migration's backup is kept ready on the database's own server
 * @param standbyRetention how long it is kept once the migration has ended
 * @param windows when it may be applied
 */
public record Policy(
        boolean approval,
        boolean fourEyes,
        Duration planAge,
        Duration backupAge,
        double backupShrink,
        RiskLevel highestRisk,
        DriftRule drift,
        OnFailure onFailure,
        boolean standby,
        Duration standbyRetention,
        Windows windows) {

    private static final double HALF = 0.5;

    /** Of a database that people depend on. */
    public static Policy strict() {
        return new Policy(
                true,
                true,
                Duration.ofHours(24),
                Duration.ofHours(24),
                HALF,
                RiskLevel.HIGH,
                DriftRule.BLOCK,
                OnFailure.STOP,
                false,
                Duration.ofHours(24),
                Windows.NONE);
    }

    /** Of a database that is there to try things out. */
    public static Policy lenient() {
        return new Policy(
                false,
                false,
                Duration.ofDays(7),
                Duration.ofDays(7),
                HALF,
                RiskLevel.HIGH,
                DriftRule.WARN,
                OnFailure.STOP,
                false,
                Duration.ofHours(24),
                Windows.NONE);
    }

    /** Whether a size may be what became of an earlier one without anything having been lost. */
    public boolean isPlausible(long before, long now) {
        return now >= before * (1 - backupShrink);
    }

    /** This policy with what a checked configuration says otherwise. */
    public Policy with(PolicyEntry entry) {
        List<MaintenanceWindow> own =
                entry.windows().stream().map(PolicyFaults::window).toList();
        List<Blackout> blackouts = entry.blackouts()
                .map(texts -> texts.stream().map(Blackout::parse).toList())
                .orElse(windows.blackouts());
        return new Policy(
                entry.approval().orElse(approval),
                entry.fourEyes().orElse(fourEyes),
                entry.planAge().orElse(planAge),
                entry.backupAge().orElse(backupAge),
                entry.backupShrink().orElse(backupShrink),
                entry.highestRisk().orElse(highestRisk),
                entry.drift().orElse(drift),
                entry.onFailure().orElse(onFailure),
                entry.standby().orElse(standby),
                entry.standbyRetention().orElse(standbyRetention),
                new Windows(own.isEmpty() ? windows.windows() : own, blackouts));
    }
}
