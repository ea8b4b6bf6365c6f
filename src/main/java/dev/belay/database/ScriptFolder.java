package dev.belay.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A module's scripts written out for Flyway, which reads files. They are those that were read once, whatever happened to
 * the project's own files since. Undo scripts are left out: Flyway's free edition does not run them.
 */
public final class ScriptFolder implements AutoCloseable {

    private final Path folder;

    private ScriptFolder(Path folder) {
        this.folder = folder;
    }

    static ScriptFolder write(ProjectModule module) throws IOException {
        ScriptFolder written = new ScriptFolder(Files.createTempDirectory("belay-scripts-"));
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

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
