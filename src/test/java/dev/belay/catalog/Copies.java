package dev.belay.catalog;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** The database with one of everything, and copies of databases: by their files, and by dump and restore. */
final class Copies {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final DatabaseAddress TEMPLATE = template();

    private Copies() {}

    /** A database with one of everything, from a template. */
    static DatabaseAddress everything() {
        return ofFiles(TEMPLATE);
    }

    /** A clone in which all OIDs are the same. */
    static DatabaseAddress ofFiles(DatabaseAddress source) {
        String name = "copy_" + COUNT.incrementAndGet();
        TestPostgres.execute(
                source.server().maintenance(),
                "CREATE DATABASE " + name + " TEMPLATE " + source.name() + " STRATEGY file_copy");
        return source.server().database(name);
    }

    /** What pg_dump and pg_restore make of it. */
    static DatabaseAddress ofDump(DatabaseAddress source, String... dumpOptions) {
        DatabaseAddress copy = TestPostgres.freshDatabase();
        try {
            Path archive = Files.createTempDirectory(Path.of("target"), "dump-").resolve("archive");
            run(source, "pg_dump", dumpOptions, "-Fd", "-Z0", "-f", archive.toString(), "-d", source.name());
            run(source, "pg_restore", new String[0], "--exit-on-error", "-d", copy.name(), archive.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static void run(DatabaseAddress server, String program, String[] options, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(TestPostgres.binaries().tool(program).toString());
        command.addAll(Arrays.asList(options));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGHOST", server.server().host());
        builder.environment().put("PGPORT", String.valueOf(server.server().port()));
        builder.environment().put("PGUSER", server.server().user());
        builder.environment()
                .put("PGPASSWORD", Objects.requireNonNullElse(server.server().password(), ""));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.onExit().join().exitValue();
        if (exit != 0 || !output.isBlank()) {
            throw new IllegalStateException(program + " exited with " + exit + ": " + output);
        }
    }

    /** By psql, because the driver does not know every place where a semicolon ends no statement. */
    private static DatabaseAddress template() {
        DatabaseAddress database = TestPostgres.freshDatabase("everything");
        try {
            URL script = Objects.requireNonNull(Copies.class.getResource("everything.sql"));
            String[] quiet = {"-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null"};
            run(
                    database,
                    "psql",
                    quiet,
                    "-d",
                    database.name(),
                    "-f",
                    Path.of(script.toURI()).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }
}
