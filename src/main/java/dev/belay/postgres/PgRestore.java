package dev.belay.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads archives with pg_restore; never a script through psql, which would run a script's meta-commands. */
public final class PgRestore {

    private static final Pattern SCHEMA = Pattern.compile("\\d+; \\d+ \\d+ SCHEMA - ");

    private PgRestore() {}

    /** The parts of an archive, in the order in which they are restored. */
    public enum Section {
        PRE_DATA("pre-data"),
        DATA("data"),
        POST_DATA("post-data");

        private final String word;

        Section(String word) {
            this.word = word;
        }
    }

    /**
     * How to restore.
     *
     * @param jobs how many sessions write at once
     * @param sections which parts to restore; empty for all
     * @param settings settings of the sessions, such as {@code maintenance_work_mem}
     * @param applicationName what the server shows of the sessions
     * @param extensions those of the archive in the versions they had; empty for what the server takes by default
     * @param list a file that names the entries to restore; null for all
     */
    public record Options(
            int jobs,
            Set<Section> sections,
            Map<String, String> settings,
            String applicationName,
            List<Extensions.Extension> extensions,
            @Nullable Path list) {

        public Options {
            if (jobs < 1) {
                throw new IllegalArgumentException("a restore needs at least one session");
            }
            sections = Set.copyOf(sections);
            settings = Map.copyOf(settings);
            extensions = List.copyOf(extensions);
        }

        /** For a copy that can be made again: commits do not wait for the disk, indexes are built in memory. */
        public static Options fast() {
            return new Options(
                    2,
                    Set.of(),
                    Map.of("maintenance_work_mem", "512MB", "synchronous_commit", "off"),
                    "belay-restore",
                    List.of(),
                    null);
        }

        public Options withJobs(int newJobs) {
            return new Options(newJobs, sections, settings, applicationName, extensions, list);
        }

        public Options withSections(Set<Section> newSections) {
            return new Options(jobs, newSections, settings, applicationName, extensions, list);
        }

        public Options withSettings(Map<String, String> newSettings) {
            return new Options(jobs, sections, newSettings, applicationName, extensions, list);
        }

        public Options withApplicationName(String newName) {
            return new Options(jobs, sections, settings, newName, extensions, list);
        }

        public Options withExtensions(List<Extensions.Extension> newExtensions) {
            return new Options(jobs, sections, settings, applicationName, newExtensions, list);
        }

        private Options withList(Path newList) {
            return new Options(jobs, sections, settings, applicationName, extensions, newList);
        }
    }

    /**
     * Restores an archive in the directory format into an existing, empty database and stops at the first error.
     * Extensions get the versions that the options say. Subscriptions are left out: a restored one would pull from its publisher, and nobody could drop the copy.
     *
     * @throws dev.belay.problem.ProblemException TOOL_FAILED with PostgreSQL's message (a warning is a failure),
     *     DISK_FULL, or what the monitor throws
     */
    public static void restore(
            Binaries binaries, Path archive, DatabaseAddress target, Options options, Monitor monitor) {
        if (options.extensions().isEmpty()) {
            restoreListed(binaries, archive, target, options, monitor);
            return;
        }
        // Schemas come first, because extensions live in them, and extensions before all that uses them.
        Map<Boolean, List<String>> entries = list(binaries, archive).stream()
                .collect(
                        Collectors.partitioningBy(entry -> SCHEMA.matcher(entry).lookingAt()));
        Path schemas = write(archive.resolve("schemas.list"), Objects.requireNonNull(entries.get(true)));
        Path others = write(archive.resolve("others.list"), Objects.requireNonNull(entries.get(false)));
        restoreListed(binaries, archive, target, options.withList(schemas), monitor);
        Extensions.create(target, options.extensions());
        restoreListed(binaries, archive, target, options.withList(others), monitor);
    }

    private static Path write(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void restoreListed(
            Binaries binaries, Path archive, DatabaseAddress target, Options options, Monitor monitor) {
        Path tool = binaries.tool("pg_restore");
        int entries = list(binaries, archive).size();
        try (PasswordFile passwordFile = PasswordFile.write(target.server())) {
            ToolOutput output = new ToolOutput("pg_restore", new RestoreProgress(entries, monitor)::line);
            Subprocess.Command command = new Subprocess.Command(
                    arguments(tool, Conninfo.of(target, passwordFile.path()), archive, options),
                    Map.of("PGAPPNAME", options.applicationName(), "PGOPTIONS", settings(options.settings())),
                    null);
            int exitCode = Subprocess.run(command, output, monitor).exitCode();
            output.requireSuccess(
                    exitCode, "The copy in " + target + " is incomplete and of no use; the archive was only read.");
        }
    }

    /** The entries of an archive's table of contents, such as {@code 3345; 0 16390 TABLE DATA public a owner}. */
    public static List<String> list(Binaries binaries, Path archive) {
        List<String> entries = new ArrayList<>();
        ToolOutput output = new ToolOutput("pg_restore", line -> {}) {
            @Override
            public void output(String line) {
                if (!line.startsWith(";") && !line.isBlank()) {
                    entries.add(line);
                }
            }
        };
        Subprocess.Command command = Subprocess.Command.of(
                binaries.tool("pg_restore"), "--list", archive.toAbsolutePath().toString());
        int exitCode = Subprocess.run(command, output, Monitor.none()).exitCode();
        output.requireSuccess(exitCode, "The archive " + archive + " cannot be read.");
        return List.copyOf(entries);
    }

    private static List<String> arguments(Path tool, String conninfo, Path archive, Options options) {
        List<String> arguments = new ArrayList<>(List.of(
                tool.toString(),
                "--format=directory",
                "--jobs=" + options.jobs(),
                "--exit-on-error",
                "--no-subscriptions",
                "--no-password",
                "--verbose",
                "-d",
                conninfo));
        options.sections().stream().sorted().forEach(section -> arguments.add("--section=" + section.word));
        if (options.list() != null) {
            arguments.add("--use-list=" + options.list().toAbsolutePath());
        }
        arguments.add(archive.toAbsolutePath().toString());
        return arguments;
    }

    /** As the server's own command line: blanks and backslashes in a value are escaped with a backslash. */
    static String settings(Map<String, String> settings) {
        return settings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> "-c " + setting.getKey() + "="
                        + setting.getValue().replace("\\", "\\\\").replace(" ", "\\ "))
                .collect(Collectors.joining(" "));
    }
}
