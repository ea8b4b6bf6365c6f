package dev.belay.refresh;

import dev.belay.backup.Backups;
import dev.belay.backup.GoldenCopies;
import dev.belay.backup.Manifest;
import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.TableHash;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.Project;
import dev.belay.database.ProjectMasking;
import dev.belay.masking.Masker;
import dev.belay.masking.MaskingReport;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.scope.Comparison;
import dev.belay.scratch.Scratch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes masked copies on the scratch server, which nobody but Belay reaches: so rows that are not masked never come to the
 * server they are for, nor into its log.
 */
@ApplicationScoped
class MaskedCopies {

    private static final TableHash NO_LARGE_OBJECTS = new TableHash(0, "0");

    private final DatabaseRegistry databases;
    private final Scratch scratch;
    private final Backups backups;
    private final GoldenCopies golden;

    MaskedCopies(DatabaseRegistry databases, Scratch scratch, Backups backups, GoldenCopies golden) {
        this.databases = databases;
        this.scratch = scratch;
        this.backups = backups;
        this.golden = golden;
    }

    /** The copy that the job has made; made again when the scratch server has lost it. */
    MaskedCopy need(JobContext job) throws Exception {
        Optional<MaskedCopy> made = job.evidence(MaskedCopy.class);
        if (made.isPresent()) {
            try (DatabaseAdmin admin = scratch.admin()) {
                if (admin.oid(made.get().name()).orElse(-1) == made.get().oid()) {
                    return made.get();
                }
            }
        }
        make(job);
        return job.need(MaskedCopy.class);
    }

    /** Restores the backup and masks it on the way. */
    MaskingReport make(JobContext job) throws Exception {
        Manifest manifest = backups.manifest(job.need(RefreshSource.class).backup());
        try (DatabaseAdmin admin = scratch.admin()) {
            manifest.roles().copyTo(admin.session());
            DatabaseAddress shape = closed(admin, "shape", manifest, job);
            DatabaseAddress copy = closed(admin, "masked", manifest, job);
            MaskingReport report = mask(manifest, shape, copy, job);
            admin.drop(shape.name());
            LeftOut leftOut = LeftOut.strip(copy);
            MaskedCopy made =
                    new MaskedCopy(copy.name(), admin.oid(copy.name()).orElseThrow(), golden.fingerprint(copy, job));
            requireEqual(manifest, report, made.fingerprint());
            job.result("masking", report);
            job.result("leftOut", leftOut.shown());
            if (!report.waived().isEmpty()) {
                job.result("waivedBy", job.requestedBy());
            }
            job.keep(made);
            return report;
        }
    }

    /** A configured scratch server may have other users; they get no further than its door. */
    private DatabaseAddress closed(DatabaseAdmin admin, String word, Manifest manifest, JobContext job)
            throws Exception {
        DatabaseAddress made = scratch.create(
                admin,
                new Scratch.Purpose(job.jobId(), word),
                manifest.shape(),
                manifest.attributes().owner());
        admin.execute("REVOKE ALL ON DATABASE " + Identifiers.quote(made.name()) + " FROM PUBLIC");
        return made;
    }

    private MaskingReport mask(Manifest manifest, DatabaseAddress shape, DatabaseAddress copy, JobContext job)
            throws Exception {
        Project project = databases.project(
                databases.require(job.request(RefreshRequest.class).from()));
        Comparison comparison = new Comparison(project.modules());
        Masker.Wanted wanted = new Masker.Wanted(
                job.need(ProjectMasking.class),
                new TreeSet<>(job.request(RefreshRequest.class).waived()),
                table -> table.schema().equals(Comparison.SALVAGE) || comparison.isHistory(table.toString()));
        AtomicReference<@Nullable MaskingReport> report = new AtomicReference<>();
        golden.unpacked(
                manifest.id(),
                manifest,
                job,
                archive -> report.set(new Masker(new ArchiveParts(archive), job).mask(shape, copy, wanted)));
        return Objects.requireNonNull(report.get());
    }

    /** What is not masked is equal to the backup to the row, and of the rest every row is there. */
    private static void requireEqual(Manifest manifest, MaskingReport report, Fingerprint found) {
        Fingerprint backup = manifest.fingerprint()
                .asDumped()
                .withoutSchema(Comparison.SALVAGE)
                .withoutObjects(object -> object.type().equals(LeftOut.USER_MAPPING));
        Set<String> masked = new TreeSet<>();
        report.columns().forEach(column -> masked.add(column.table()));
        TreeMap<String, TableHash> tables = new TreeMap<>(backup.tables());
        tables.replaceAll((table, hash) -> {
            TableHash now = found.tables().get(table);
            return masked.contains(table) && now != null && now.rows() == hash.rows() ? now : hash;
        });
        Fingerprint expected =
                new Fingerprint(backup.serverMajor(), backup.catalog(), tables, backup.sequences(), NO_LARGE_OBJECTS);
        List<Difference> differences = expected.differences(found);
        if (!differences.isEmpty()) {
            throw ProblemType.MASKING_FAILED.because("The masked copy differs from the backup in more than was masked: "
                    + GoldenCopies.shown(differences)
                    + " Nothing has left the scratch server; the database is as it was.");
        }
    }
}
