package dev.belay.scratch;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.DatabaseShape;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts up copies and takes them down. A copy belongs to a job, and goes when the job ends, or it is golden: the proof of a
 * backup, closed to connections, and stays until a newer backup of the same database is proven.
 */
@ApplicationScoped
public class Scratch {

    private final ScratchServer server;
    private final EntityManager control;

    Scratch(ScratchServer server, EntityManager control) {
        this.server = server;
        this.control = control;
    }

    public DatabaseAdmin admin() throws SQLException {
        return new DatabaseAdmin(server.address());
    }

    public ScratchServer server() {
        return server;
    }

    /** An empty database for a job; one that an earlier attempt left under the name is replaced. */
    public DatabaseAddress create(DatabaseAdmin admin, Purpose purpose, DatabaseShape shape, String owner)
            throws SQLException {
        String name = purpose.databaseName();
        admin.drop(name);
        admin.create(name, shape, owner);
        admin.mark(name, jobMark(purpose.job()));
        return server.address().database(name);
    }

    /** A clone of a golden copy for a job, with the same OIDs inside. */
    public DatabaseAddress clone(DatabaseAdmin admin, Purpose purpose, String golden, String owner)
            throws SQLException {
        String name = purpose.databaseName();
        admin.drop(name);
        admin.cloneFrom(golden, name, owner);
        admin.mark(name, jobMark(purpose.job()));
        return server.address().database(name);
    }

    /**
     * Makes a job's copy the golden copy of a backup and removes older ones of the same database: they can be made again
     * from their archives.
     */
    public void promote(DatabaseAdmin admin, DatabaseAddress copy, String database, UUID backup) throws SQLException {
        String mark = goldenMark(database);
        for (String older : admin.marked(mark)) {
            admin.drop(older);
        }
        String golden = goldenName(backup);
        admin.mark(copy.name(), mark + backup);
        admin.allowConnections(copy.name(), false);
        admin.terminate(List.of(copy.name()), List.of());
        admin.rename(copy.name(), golden);
    }

    /** The golden copy of a backup, if it stands. */
    public Optional<String> golden(DatabaseAdmin admin, UUID backup) throws SQLException {
        String name = goldenName(backup);
        boolean ours = admin.markOf(name)
                .filter(mark -> mark.startsWith(mark("golden")) && mark.endsWith(backup.toString()))
                .isPresent();
        return ours ? Optional.of(name) : Optional.empty();
    }

    /** Takes down all copies of a job. */
    public void removeAllOf(UUID job) throws SQLException {
        try (DatabaseAdmin admin = admin()) {
            for (String name : admin.marked(jobMark(job))) {
                admin.drop(name);
            }
        }
    }

    /** The jobs that have copies standing. */
    public List<UUID> jobs(DatabaseAdmin admin) throws SQLException {
        String beginning = mark("job");
        java.util.Set<UUID> jobs = new java.util.TreeSet<>();
        for (String name : admin.marked(beginning)) {
            jobs.add(UUID.fromString(admin.markOf(name).orElseThrow().substring(beginning.length())));
        }
        return List.copyOf(jobs);
    }

    private String jobMark(UUID job) {
        return mark("job") + job;
    }

    private String goldenMark(String database) {
        return mark("golden") + database + " ";
    }

    private static String goldenName(UUID backup) {
        return "belay_golden_" + backup.toString().replace("-", "");
    }

    private String mark(String kind) {
        return "belay " + controlId() + " " + kind + " ";
    }

    /** Marks what this Belay puts up on servers that it may share with another. */
    @Transactional
    public String controlId() {
        return control.createNativeQuery("SELECT id::text FROM control")
                .getSingleResult()
                .toString();
    }

    /**
     * What a job's copy is for.
     *
     * @param word a short one, part of the copy's name
     */
    public record Purpose(UUID job, String word) {
        String databaseName() {
            return "belay_" + word + "_" + job.toString().replace("-", "");
        }
    }
}
