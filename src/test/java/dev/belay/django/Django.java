package dev.belay.django;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.belay.postgres.DatabaseAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The portal, with its old or its new code, on one database. */
final class Django {

    private static final Path PROJECT = project();

    /** Debian's own, whatever else is on the PATH: its packages are for this one. */
    private static final String PYTHON = "/usr/bin/python3";

    private final DatabaseAddress database;
    private final String code;

    private Django(DatabaseAddress database, String code) {
        this.database = database;
        this.code = code;
    }

    /** What a program printed, both streams, and how it ended. */
    record Said(int exit, String text) {}

    /** With the model Member. */
    static Django old(DatabaseAddress database) {
        return new Django(database, "old");
    }

    /** With the model Student, and the migration that renames it. */
    static Django renamed(DatabaseAddress database) {
        return new Django(database, "new");
    }

    /** Runs a management command that has to succeed. */
    String manage(String... arguments) {
        return succeeded(said("", "manage.py", arguments));
    }

    /** The exit code of a management command. */
    int exitOf(String... arguments) {
        return said("", "manage.py", arguments).exit();
    }

    /** Runs one of the project's scripts, which has to succeed. */
    String run(String script, String... arguments) {
        return succeeded(said("", script, arguments));
    }

    /** The same with something to read. */
    String runReading(String input, String script, String... arguments) {
        return succeeded(said(input, script, arguments));
    }

    private static String succeeded(Said said) {
        if (said.exit() != 0) {
            throw new AssertionError(
                    said.text().contains("No module named 'django'")
                                    || said.text().contains("psycopg2 module")
                            ? "Django is missing. Type ./belay test, or: apt-get install python3-django python3-psycopg2"
                            : said.text());
        }
        return said.text();
    }

    private Said said(String input, String script, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(PYTHON, PROJECT.resolve("common").resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PYTHONPATH", PROJECT.resolve(code).toString(),
                        "PYTHONDONTWRITEBYTECODE", "1",
                        "PYTHONIOENCODING", "utf-8",
                        "PGHOST", database.server().host(),
                        "PGPORT", String.valueOf(database.server().port()),
                        "PGUSER", database.server().user(),
                        "PGPASSWORD", String.valueOf(database.server().password()),
                        "PGDATABASE", database.name()));
        try {
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            String text = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Said(process.waitFor(), text);
        } catch (IOException e) {
            throw new AssertionError(
                    "Debian's python3 is missing. Type ./belay test, or: apt-get install python3-django"
                            + " python3-psycopg2",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static Path project() {
        try {
            return Path.of(
                    Objects.requireNonNull(Django.class.getResource("/django")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
