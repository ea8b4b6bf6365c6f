package dev.belay.restore;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A dump as SQL, and the way back without Belay: {@code dropdb; createdb; psql < backup.sql}, of a copy. */
record PlainDump(DatabaseAddress copy, Path file) {

    static PlainDump of(DatabaseAddress database, Path file) throws IOException {
        DatabaseAddress copy = TestPostgres.freshDatabase(database.name() + "_plain", database);
        PlainDump dump = new PlainDump(copy, file);
        dump.run("pg_dump", "--file=" + file, copy.name());
        return dump;
    }

    /** How long there is no whole database; the copy is removed afterwards. */
    Duration dropAndLoad() throws IOException {
        long start = System.nanoTime();
        run("dropdb", copy.name());
        run("createdb", copy.name());
        run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", file.toString(), copy.name());
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        run("dropdb", copy.name());
        return took;
    }

    private void run(String tool, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(TestPostgres.binaries().tool(tool).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "PGHOST", copy.server().host(),
                        "PGPORT", String.valueOf(copy.server().port()),
                        "PGUSER", copy.server().user(),
                        "PGPASSWORD", String.valueOf(copy.server().password())));
        int exit = builder.start().onExit().join().exitValue();
        if (exit != 0) {
            throw new IllegalStateException(tool + " exited with " + exit);
        }
    }
}
