package dev.belay.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whose turn it is among the jobs of a database. A waiting job stands aside until its time has come. */
final class Turns {

    private static final String DUE = "finishedAt is null and (state not in (:waiting) or wakeAt <= :now)";
    private static final String ORDER =
            " order by (case when state not in (:inLine) then 0 when ahead then 1 else 2 end), number";
    private static final List<JobState> WAITING = List.of(JobState.AWAITING_APPROVAL, JobState.SCHEDULED);
    private static final List<JobState> IN_LINE =
            List.of(JobState.QUEUED, JobState.AWAITING_APPROVAL, JobState.SCHEDULED);

    private Turns() {}

    /** One that was begun and nobody ended, else one that goes ahead of others, else the one that came first. */
    static Optional<Job> next(String database, Instant now) {
        return Job.find(
                        "database = :database and " + DUE + ORDER,
                        Map.of("waiting", WAITING, "now", now, "database", database, "inLine", IN_LINE))
                .firstResultOptional();
    }

    /** The same without a look at the job itself, which is yet to be locked. */
    static Optional<UUID> nextId(String database, Instant now) {
        return Job.find(
                        "select id from Job where database = :database and " + DUE + ORDER,
                        Map.of("waiting", WAITING, "now", now, "database", database, "inLine", IN_LINE))
                .project(UUID.class)
                .firstResultOptional();
    }

    static boolean isDue(Job job, Instant now) {
        return !job.state().isFinal()
                && (!job.state().isWaiting()
                        || job.wakeAt().filter(wake -> !wake.isAfter(now)).isPresent());
    }

    /** The first of those that stand aside. */
    static Optional<Job> waiting(String database) {
        return Job.find("database = ?1 and state in ?2 order by number", database, WAITING)
                .firstResultOptional();
    }

    /** The databases that have jobs whose turn it could be. */
    static List<String> databases(Instant now) {
        return Job.find("select distinct database from Job where " + DUE, Map.of("waiting", WAITING, "now", now))
                .project(String.class)
                .list();
    }
}
