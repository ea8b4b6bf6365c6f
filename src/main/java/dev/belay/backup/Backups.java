package dev.belay.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Stream;

/** The archives there are: on disk with their manifests, in the control database with their proofs. */
@ApplicationScoped
public class Backups {

    private final BackupConfig config;
    private final ObjectMapper json;
    private final Clock clock;

    Backups(BackupConfig config, ObjectMapper json, Clock clock) {
        this.config = config;
        this.json = json;
        this.clock = clock;
    }

    /** The newest backup of a database that counts. */
    @Transactional
    public Optional<ProvenBackup> lastProven(String database) {
        return Backup.lastProven(database).map(Backups::view);
    }

    /** The newest backup of the same database that counts, is older, and whose job succeeded; empty when there is none. */
    @Transactional
    public Optional<ProvenBackup> before(ProvenBackup backup) {
        return Backup.provenBefore(backup.database(), backup.created()).map(Backups::view);
    }

    /**
     * Finds a backup that counts.
     *
     * @throws dev.belay.problem.ProblemException NOT_FOUND when there is none, or it was never proven
     */
    @Transactional
    public ProvenBackup require(UUID id, String database) {
        return Backup.<Backup>findByIdOptional(id)
                .filter(backup -> backup.provenAt != null && backup.database.equals(database))
                .map(Backups::view)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The database " + database
                        + " has no proven backup with the id " + id + ". GET /databases/" + database
                        + "/schema shows the last one; the results of backup jobs have the others."));
    }

    /** The manifest of an archive, checked against the hash that the control database keeps. */
    public Manifest manifest(UUID id) throws IOException {
        Backup backup = row(id);
        return archive(backup).manifest(backup.manifest, json);
    }

    /** The SHA-256 of every file of an archive, by its name. */
    public SortedMap<String, String> sums(UUID id) throws IOException {
        return Archive.sums(manifest(id), row(id).manifest);
    }

    /** Where an archive is. */
    public Path folder(UUID id) {
        return config.directory().resolve(row(id).archive);
    }

    Archive archive(UUID id) {
        return archive(row(id));
    }

    Path partialFolder(UUID id) {
        return config.directory().resolve(id + ".partial");
    }

    @Transactional
    void add(Manifest manifest, UUID jobId, String manifestSha256) {
        new Backup(manifest, jobId, folderName(manifest.id()), manifestSha256).persist();
    }

    @Transactional
    void markProven(UUID id) {
        Backup backup = Backup.findById(id);
        backup.provenAt = clock.instant();
    }

    Path finalFolder(UUID id) {
        return config.directory().resolve(folderName(id));
    }

    /** Removes what a job's backup left that never became a proven one; returns nothing when there is nothing. */
    void removeUnproven(UUID jobId, List<UUID> begun) throws IOException {
        for (UUID id : begun) {
            if (!isProven(id)) {
                Folders.remove(partialFolder(id));
                new BesideArchive(finalFolder(id)).remove();
                Folders.remove(finalFolder(id));
            }
        }
        forgetUnproven(jobId);
    }

    /** All folders of archives there are, whole or not. */
    List<Path> folders() throws IOException {
        if (!Files.isDirectory(config.directory())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(config.directory())) {
            return folders.toList();
        }
    }

    @Transactional
    void forgetUnproven(UUID jobId) {
        Backup.unprovenOf(jobId).forEach(Backup::delete);
    }

    @Transactional
    boolean isProven(UUID id) {
        return Backup.count("id = ?1 and provenAt is not null", id) > 0;
    }

    @Transactional
    Backup row(UUID id) {
        return Objects.requireNonNull(Backup.findById(id), "no backup " + id);
    }

    private Archive archive(Backup backup) {
        return new Archive(config.directory().resolve(backup.archive));
    }

    private static String folderName(UUID id) {
        return id.toString();
    }

    private static ProvenBackup view(Backup backup) {
        return new ProvenBackup(
                backup.id,
                backup.jobId,
                backup.database,
                backup.createdAt,
                Objects.requireNonNull(backup.provenAt),
                backup.bytes,
                backup.tables,
                backup.rows);
    }

    /** Makes the folder for archives; fails with the path when it cannot be written. */
    void prepare() throws IOException {
        Files.createDirectories(config.directory());
    }
}
