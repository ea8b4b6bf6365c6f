package dev.belay.plan;

import dev.belay.policy.Policy;
import dev.belay.policy.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The plan that a job has made, as far as what comes after it has to know.
 *
 * @param digest SHA-256 of all that the plan says, in hexadecimal; approvals name it
 * @param backupTaken when the snapshot was taken of the backup that the migration begins with
 * @param worst why the risk is what it is: the reasons that alone would make it so
 * @param rehearsedMillis how long the way forward took on the copy
 * @param basis what it rests on
 */
public record PlanSeal(
        String digest,
        Instant createdAt,
        Instant backupTaken,
        RiskLevel risk,
        List<String> worst,
        long rehearsedMillis,
        Basis basis) {

    public PlanSeal {
        worst = List.copyOf(worst);
    }

    /** From when on it, or the backup that the migration begins with, is too old for it to be applied. */
    public Instant expiry(Policy policy) {
        Instant ofPlan = createdAt.plus(policy.planAge());
        Instant ofBackup = backupTaken.plus(policy.backupAge());
        return ofPlan.isBefore(ofBackup) ? ofPlan : ofBackup;
    }

    public Duration rehearsed() {
        return Duration.ofMillis(rehearsedMillis);
    }
}
