package dev.belay.database;

import dev.belay.postgres.TemporaryFiles;
import dev.belay.sql.Statements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A module's scripts written out for Flyway, which reads files. They are those that were read once, whatever happened to
 * the project's own files since. Undo scripts are left out: Flyway's free edition does not run them.
 */
public final class ScriptFolder implements AutoCloseable {

    private static final String KIND = "scripts-";

    private final Path folder;

    private ScriptFolder(Path folder) {
        this.folder = folder;
    }

    static ScriptFolder write(ProjectModule module) throws IOException {
        removeLeftovers();
        ScriptFolder written =
                new ScriptFolder(Files.createTempDirectory(TemporaryFiles.directory(), TemporaryFiles.prefix(KIND)));
        for (Script script : module.scripts()) {
            if (script.kind() != Script.Kind.UNDO) {
                Path file = written.folder.resolve(script.file());
                Files.createDirectories(file.getParent());
                Files.writeString(file, script.sql());
                String settings = settings(script);
                if (settings != null) {
                    Files.writeString(written.folder.resolve(script.file() + ".conf"), settings);
                }
            }
        }
        return written;
    }

    /** Flyway does not see by itself that some statements cannot be in a transaction, such as REINDEX … CONCURRENTLY. */
    private static @Nullable String settings(Script script) {
        String own = script.configuration();
        boolean decided = own != null && own.contains("executeInTransaction");
        return decided || !Statements.allNeedAutocommit(script.sql())
                ? own
                : Objects.requireNonNullElse(own, "") + "\nexecuteInTransaction=false\n";
    }

    String location() {
        return "filesystem:" + folder;
    }

    /** Removes what a Belay that was killed has left of these. */
    public static void removeLeftovers() throws IOException {
        for (Path leftover : TemporaryFiles.leftovers(KIND, "")) {
            try {
                new ScriptFolder(leftover).close();
            } catch (IOException | UncheckedIOException e) {
                Logger.getLogger(ScriptFolder.class).debugf(e, "%s is being removed by another process", leftover);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
