package dev.belay.process;

import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL's own programs, each behind a script that writes down what the kernel shows of it to others (arguments and
 * environment) and the mode of its password file.
 */
final class WatchedTools {

    private static final List<String> NAMES =
            List.of("pg_dump", "pg_restore", "psql", "initdb", "pg_ctl", "postgres", "pg_controldata");

    private final Path directory;

    private WatchedTools(Path directory) {
        this.directory = directory;
    }

    static WatchedTools in(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        Files.createDirectories(directory.resolve("seen"));
        for (String name : NAMES) {
            Path real = TestPostgres.binaries().directory().resolve(name);
            Path script = directory.resolve("bin").resolve(name);
            Files.writeString(script, """
                    #!/bin/bash
                    {
                      echo "arguments:"; tr '\\0' '\\n' </proc/$$/cmdline
                      echo "environment:"; tr '\\0' '\\n' </proc/$$/environ
                      passfile=$(tr '\\0' '\\n' </proc/$$/cmdline | sed -n "s/.*passfile='\\([^']*\\)'.*/\\1/p")
                      if [[ -n $passfile ]]; then
                        echo "passfile-mode: $(stat -c %%a "$passfile") lines: $(wc -l <"$passfile")"
                      fi
                    } >"%s/seen/%s.$$.$RANDOM"
                    exec "%s" "$@"
                    """.formatted(directory, name, real));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new WatchedTools(directory);
    }

    Path binaries() {
        return directory.resolve("bin");
    }

    /** What was seen of each run of a program. */
    List<String> seen(String program) throws IOException {
        List<String> seen = new ArrayList<>();
        for (Path file : Workplace.list(directory.resolve("seen"), program + "\\..*")) {
            seen.add(Files.readString(file));
        }
        return seen;
    }
}
