package dev.belay.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes an archive of one database with pg_dump, in the directory format and uncompressed. */
public final class PgDump {

    private static final String TABLE = "dumping contents of table ";

    private PgDump() {}

    /**
     * How to dump.
     *
     * @param jobs how many sessions read at once
     * @param snapshot a name from {@code pg_export_snapshot()}, held open by the caller until the dump is over; null
     *     for a snapshot of pg_dump's own
     * @param lockTimeout how long to wait for the shared locks on the tables, all of which are taken at the start
     * @param applicationName what the server shows of the sessions; a restarted Belay finds leftovers by it
     * @param expectedTables how many tables there are, for the progress; 0 when unknown
     * @param schemaOnly whether rows, sequence values and large objects are left out
     */
    public record Options(
            int jobs,
            @Nullable String snapshot,
            Duration lockTimeout,
            String applicationName,
            int expectedTables,
            boolean schemaOnly) {

        public Options {
            if (jobs < 1) {
                throw new IllegalArgumentException("a dump needs at least one session");
            }
        }

        public static Options defaults() {
            return new Options(2, null, Duration.ofSeconds(30), "belay-dump", 0, false);
        }

        public Options withJobs(int newJobs) {
            return new Options(newJobs, snapshot, lockTimeout, applicationName, expectedTables, schemaOnly);
        }

        public Options withSnapshot(@Nullable String newSnapshot) {
            return new Options(jobs, newSnapshot, lockTimeout, applicationName, expectedTables, schemaOnly);
        }

        public Options withApplicationName(String newName) {
            return new Options(jobs, snapshot, lockTimeout, newName, expectedTables, schemaOnly);
        }

        public Options withExpectedTables(int newExpected) {
            return new Options(jobs, snapshot, lockTimeout, applicationName, newExpected, schemaOnly);
        }

        public Options ofSchemaOnly() {
            return new Options(jobs, snapshot, lockTimeout, applicationName, expectedTables, true);
        }
    }

    /**
     * Dumps the database into {@code target}, which must not exist yet, or be empty. On failure the caller removes it.
     * The files are not synced to disk: the caller packs them and syncs the package.
     *
     * @throws dev.belay.problem.ProblemException TOOL_FAILED with pg_dump's message (a warning is a failure),
     *     DISK_FULL, or what the monitor throws
     */
    public static void dump(Binaries binaries, DatabaseAddress source, Path target, Options options, Monitor monitor) {
        Path tool = binaries.tool("pg_dump");
        try (PasswordFile passwordFile = PasswordFile.write(source.server())) {
            ToolOutput output = new ToolOutput("pg_dump", new Progress(options.expectedTables(), monitor)::line);
            Subprocess.Command command = new Subprocess.Command(
                    arguments(tool, Conninfo.of(source, passwordFile.path()), target, options),
                    Map.of("PGAPPNAME", options.applicationName()),
                    null);
            int exitCode = Subprocess.run(command, output, monitor).exitCode();
            output.requireSuccess(exitCode, "The dump of " + source + " is not usable; the database is as it was.");
        }
    }

    private static List<String> arguments(Path tool, String conninfo, Path target, Options options) {
        List<String> arguments = new ArrayList<>(List.of(
                tool.toString(),
                "--format=directory",
                "--compress=0",
                "--jobs=" + options.jobs(),
                "--file=" + target.toAbsolutePath(),
                "--lock-wait-timeout=" + options.lockTimeout().toMillis(),
                "--no-password",
                "--no-sync",
                "--verbose",
                "-d",
                conninfo));
        if (options.snapshot() != null) {
            arguments.add("--snapshot=" + options.snapshot());
        }
        if (options.schemaOnly()) {
            arguments.add("--schema-only");
        }
        return arguments;
    }

    /** pg_dump says when it starts with a table, so that many less the ones under way are done. */
    private static final class Progress {
        private final int expected;
        private final Monitor monitor;
        private int started;

        Progress(int expected, Monitor monitor) {
            this.expected = expected;
            this.monitor = monitor;
        }

        void line(String line) {
            if (line.startsWith(TABLE)) {
                double fraction = expected == 0 ? 0 : Math.min(1, (double) started / expected);
                started++;
                monitor.progress(fraction, "dumping " + line.substring(TABLE.length()));
            }
        }
    }
}
