package dev.belay.postgres;

import dev.belay.problem.ProblemType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory with PostgreSQL's programs.
 *
 * @param major the major version that pg_dump itself tells, not the one in the directory's name
 */
public record Binaries(Path directory, int major) {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final List<String> CLIENT = List.of("pg_dump", "pg_restore");
    private static final List<String> SERVER = List.of("pg_dump", "pg_restore", "initdb", "pg_ctl", "postgres");
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /**
     * The client programs: in the configured directory, or else in Debian's directories (highest version first), or
     * else on the PATH.
     *
     * @throws dev.belay.problem.ProblemException TOOL_MISSING, saying what to install
     */
    public static Binaries find(@Nullable Path configured) {
        return find(configured, CLIENT);
    }

    /** As {@link #find}, and the directory must hold a server too. */
    public static Binaries findServer(@Nullable Path configured) {
        return find(configured, SERVER);
    }

    /** The program's path. */
    public Path tool(String name) {
        Path tool = directory.resolve(name);
        if (!Files.isExecutable(tool)) {
            throw ProblemType.TOOL_MISSING.because(name + " is not in " + directory + ", or cannot be executed there."
                    + " Nothing was started. " + advice("postgresql-" + major + " postgresql-client-" + major));
        }
        return tool;
    }

    /** Refuses a server that is newer than these programs, as pg_dump itself would, but before anything was done. */
    public Binaries requireAtLeast(int serverMajor) {
        if (major < serverMajor) {
            throw ProblemType.TOOL_MISSING.because("pg_dump in " + directory + " is version " + major
                    + ", the server is version " + serverMajor + ": pg_dump refuses a server newer than itself."
                    + " Nothing was done. " + advice("postgresql-client-" + serverMajor));
        }
        return this;
    }

    private static Binaries find(@Nullable Path configured, List<String> tools) {
        if (configured != null) {
            return in(configured.toAbsolutePath(), tools)
                    .orElseThrow(() -> ProblemType.TOOL_MISSING.because("The configured directory " + configured
                            + " does not hold all of " + String.join(", ", tools) + ". " + advice("postgresql")));
        }
        return Stream.concat(debianDirectories().stream(), pathDirectories().stream())
                .flatMap(directory -> in(directory, tools).stream())
                .findFirst()
                .orElseThrow(() -> ProblemType.TOOL_MISSING.because("No directory holds all of "
                        + String.join(", ", tools) + ": neither " + DEBIAN + "/*/bin nor one on the PATH. "
                        + advice("postgresql postgresql-client")));
    }

    private static Optional<Binaries> in(Path directory, List<String> tools) {
        if (!tools.stream().allMatch(tool -> Files.isExecutable(directory.resolve(tool)))) {
            return Optional.empty();
        }
        return Optional.of(new Binaries(directory, majorOf(directory.resolve("pg_dump"))));
    }

    private static int majorOf(Path pgDump) {
        Subprocess.Result result = Subprocess.run(Subprocess.Command.of(pgDump, "--version"), Monitor.none());
        String answer = String.join(" ", result.output());
        Matcher version = VERSION.matcher(answer);
        if (result.exitCode() != 0 || !version.find()) {
            throw ProblemType.TOOL_MISSING.because(pgDump + " --version does not answer like PostgreSQL's pg_dump: \""
                    + answer + "\". " + advice("postgresql-client"));
        }
        return Integer.parseInt(version.group(1));
    }

    private static List<Path> debianDirectories() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(version -> version.getFileName().toString().matches("\\d{1,4}"))
                    .sorted(Comparator.comparingInt((Path version) ->
                                    Integer.parseInt(version.getFileName().toString()))
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<Path> pathDirectories() {
        List<Path> directories = new ArrayList<>();
        String path = System.getenv("PATH");
        for (String entry : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
            // An empty or relative entry means the working directory, which whoever wrote a project may have filled.
            if (entry.startsWith("/")) {
                directories.add(Path.of(entry));
            }
        }
        return directories;
    }

    private static String advice(String packages) {
        return "Install it (on Debian and Ubuntu: apt-get install " + packages
                + "), or configure the directory that holds PostgreSQL's programs.";
    }
}
