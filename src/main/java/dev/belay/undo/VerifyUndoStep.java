package dev.belay.undo;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprinter;
import dev.belay.catalog.TableHash;
import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.drift.KnownSchemas;
import dev.belay.migration.Look;
import dev.belay.problem.ProblemType;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Comparison;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/**
 * Success is the schema that the rehearsed undo led to. The rows of every table are compared too; one that holds others than
 * in the rehearsal was written to meanwhile, which is said.
 */
@ApplicationScoped
class VerifyUndoStep implements Step {

    private static final int SESSIONS = 2;

    private final DatabaseRegistry databases;
    private final KnownSchemas known;

    VerifyUndoStep(DatabaseRegistry databases, KnownSchemas known) {
        this.databases = databases;
        this.known = known;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        Comparison comparison = new Comparison(job.need(Scope.class).modules());
        Catalog rehearsed = job.need(UndoRehearsal.class).after();
        List<Difference> differences = Look.differences(database, comparison, rehearsed);
        if (!differences.isEmpty()) {
            known.remember(job.database(), job.jobId(), rehearsed);
            throw ProblemType.VERIFICATION_FAILED.because(
                    "The versions are taken back, but the schema is not the one that"
                            + " was rehearsed: " + GoldenCopies.shown(differences)
                            + " Rows were not lost by it. Find out who changed the schema meanwhile.");
        }
        known.remember(database, job.jobId());
        job.detail("the schema is the one that was rehearsed: "
                + comparison.of(rehearsed).objects().size() + " objects equal; " + rows(database, comparison, job));
    }

    private static String rows(ManagedDatabase database, Comparison comparison, JobContext job) {
        SortedMap<String, TableHash> expected = job.need(UndoRehearsal.class).rows();
        SortedMap<String, TableHash> found = comparison
                .of(Fingerprinter.take(database.address(), null, SESSIONS, job))
                .tables();
        List<String> others = expected.keySet().stream()
                .filter(table -> !Objects.equals(expected.get(table), found.get(table)))
                .map(table -> table + " (" + rows(expected, table) + " → " + rows(found, table) + " rows)")
                .toList();
        job.result("tablesCompared", expected.size());
        job.result("tablesWrittenMeanwhile", others);
        return "the rows of " + (expected.size() - others.size()) + " of " + expected.size()
                + " tables are those of the rehearsal"
                + (others.isEmpty()
                        ? ""
                        : ", the others were written to since the backup: " + String.join(", ", others));
    }

    private static long rows(SortedMap<String, TableHash> tables, String table) {
        TableHash hash = tables.get(table);
        return hash == null ? 0 : hash.rows();
    }
}
