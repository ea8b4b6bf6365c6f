package dev.belay.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the configuration says about a policy; what it does not say stays as it is. */
public interface PolicyEntry {

    /** Whether somebody has to approve a migration's plan before it is applied. */
    Optional<Boolean> approval();

    /** Whether that has to be another person than the one who asked for the migration. */
    Optional<Boolean> fourEyes();

    /** How old a plan may be when it is applied. */
    Optional<Duration> planAge();

    /** How old the migration's backup may be when it is applied. */
    Optional<Duration> backupAge();

    /** By which part the rows or bytes of a backup may be fewer than those of the one before it, 0 to 1. */
    OptionalDouble backupShrink();

    /** The highest risk that may be applied. */
    Optional<RiskLevel> highestRisk();

    /** What it means that the schema is not the one that Belay's last migration left. */
    Optional<DriftRule> drift();

    /** What follows when a migration that is applied is not as it was rehearsed. */
    Optional<OnFailure> onFailure();

    /** Whether a copy of the migration's backup is kept ready on the database's own server. */
    Optional<Boolean> standby();

    /** How long that copy is kept once the migration has ended. */
    Optional<Duration> standbyRetention();

    /** When migrations may be applied; at any time when there is none. They take the place of the environment's. */
    List<WindowEntry> windows();

    /** When no window is open: days such as 2026-12-20/2027-01-05, or date-times with offset. */
    Optional<List<String>> blackouts();

    /** A maintenance window. Texts, so that everything that is wrong with them can be told at once. */
    interface WindowEntry {

        /** When it begins, as a Quartz cron expression. */
        Optional<String> cron();

        /** How long it lasts. */
        Optional<String> duration();

        /** The time zone of the expression, such as Europe/Berlin; UTC when there is none. */
        Optional<String> zone();
    }
}
