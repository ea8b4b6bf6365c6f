package dev.belay.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.audit.Audit;
import dev.belay.audit.AuditRun;
import dev.belay.database.ProjectChecks;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import dev.belay.trace.Trace;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tracing and auditing cost beside Flyway alone, on copies of the same database, in turns. Its name keeps it out of
 * the test runs: {@code docs/performance.md} says how it is run. Its tables go to the log and to {@code target/overhead.md}.
 */
class OverheadBenchmark {

    private static final Logger LOG = Logger.getLogger(OverheadBenchmark.class);
    private static final Path REPORT = Path.of("target", "overhead.md");
    private static final int PAIRS = 5;
    private static final double MILLI = 1_000_000;
    private static final List<ProjectChecks.Filter> FILTERS =
            List.of(new ProjectChecks.Filter("active", "student", "status = 'approved'"));

    private static DatabaseAddress students;

    @TempDir
    private Path folder;

    @BeforeAll
    static void a_million_students() throws IOException {
        Files.deleteIfExists(REPORT);
        students = Workload.students();
    }

    @Test
    void typical_statements_on_a_million_rows() throws Exception {
        measure(Workload.onStudents("typical", 22, students), FILTERS);
    }

    @Test
    void tiny_statements_on_many_tables() throws Exception {
        measure(Workload.tiny(), List.of());
    }

    @Test
    void statements_outside_of_transactions() throws Exception {
        measure(Workload.onStudents("concurrent", 8, students), FILTERS);
    }

    /** All in milliseconds but the ratios. */
    private record Table(
            Samples alone,
            Samples traced,
            Samples ratio,
            Samples added,
            Samples told,
            Samples audit,
            Samples auditRatio) {

        Table() {
            this(
                    new Samples("Flyway alone, ms", "%,.0f"),
                    new Samples("traced, ms", "%,.0f"),
                    new Samples("traced / alone", "%.2f"),
                    new Samples("added by tracing, ms a statement", "%.1f"),
                    new Samples("all statements by the trace, ms", "%,.0f"),
                    new Samples("audit, ms", "%,.0f"),
                    new Samples("audit / alone", "%.2f"));
        }

        void add(Round round, int statements) {
            alone.add(round.alone);
            traced.add(round.traced);
            ratio.add(round.traced / round.alone);
            added.add((round.traced - round.alone) / statements);
            told.add(round.told);
            audit.add(round.audit);
            auditRatio.add(round.audit / round.alone);
        }

        String shown() {
            return Stream.of(alone, traced, ratio, added, told, audit, auditRatio)
                    .map(Samples::row)
                    .collect(Collectors.joining("\n", "| | median | least | most |\n|---|---|---|---|\n", "\n"));
        }
    }

    private record Round(double alone, double traced, double told, double audit) {}

    private record Traced(double millis, double told) {}

    private void measure(Workload workload, List<ProjectChecks.Filter> filters) throws Exception {
        Table table = new Table();
        double load = load();
        round(workload, filters, true);
        for (int i = 0; i < PAIRS; i++) {
            table.add(round(workload, filters, i % 2 == 0), workload.statements());
        }
        String report = String.format(
                Locale.ROOT,
                "%s, %d statements, %d pairs, load %.1f before, %.1f after%n%n%s%n",
                workload.name(),
                workload.statements(),
                PAIRS,
                load,
                load(),
                table.shown());
        LOG.info("\n" + report);
        Files.writeString(REPORT, report, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Round round(Workload workload, List<ProjectChecks.Filter> filters, boolean aloneFirst) throws Exception {
        double before = aloneFirst ? alone(workload) : 0;
        Traced traced = traced(workload);
        double alone = aloneFirst ? before : alone(workload);
        return new Round(alone, traced.millis(), traced.told(), audit(workload, filters));
    }

    private interface Timed<T> {
        T on(DatabaseAddress copy) throws Exception;
    }

    private static <T> T onCopy(Workload workload, Timed<T> timed) throws Exception {
        DatabaseAddress copy = TestPostgres.freshDatabase("overhead", workload.template());
        try {
            return timed.on(copy);
        } finally {
            TestPostgres.execute(copy.server().maintenance(), "DROP DATABASE overhead WITH (FORCE)");
        }
    }

    private double alone(Workload workload) throws Exception {
        return onCopy(workload, copy -> {
            long start = System.nanoTime();
            Flyway flyway = workload.flyway(copy, folder);
            assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
            return since(start);
        });
    }

    private static Traced traced(Workload workload) throws Exception {
        return onCopy(workload, copy -> {
            long start = System.nanoTime();
            Trace trace =
                    new Rehearser(Workload.managed(copy), workload.scope(), new LoneJob()).forwardTraced(part -> {});
            double millis = since(start);
            assertThat(trace.statements()).hasSize(workload.statements());
            return new Traced(millis, trace.millis());
        });
    }

    private static double audit(Workload workload, List<ProjectChecks.Filter> filters) throws Exception {
        return onCopy(workload, copy -> {
            long start = System.nanoTime();
            Audit audit = audit(copy, workload, filters);
            double millis = since(start);
            assertThat(audit.tables()).isNotEmpty();
            return millis;
        });
    }

    private static Audit audit(DatabaseAddress copy, Workload workload, List<ProjectChecks.Filter> filters)
            throws SQLException {
        return AuditRun.of(Workload.managed(copy), workload.scope(), filters);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / MILLI;
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
