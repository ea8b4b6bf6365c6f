package dev.belay.rehearsal;

import dev.belay.backup.Sha256;
import dev.belay.database.Script;
import dev.belay.reversal.Mark;
import dev.belay.reversal.Reversal;
import dev.belay.reversal.UndoStatement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * An undo script that nobody wrote.
 *
 * @param version that it takes back
 * @param migrates the script that applied the version
 * @param digest of that script: of any other, this takes nothing back
 * @param file what it is called when it is kept beside the other
 * @param sql the script, with a comment before each statement that there is something to say of
 * @param obstacles why it does not lead back; empty when nothing is known against it
 */
public record GeneratedUndo(
        String module,
        String version,
        String migrates,
        String digest,
        String file,
        String sql,
        List<UndoStatement> statements,
        List<String> obstacles) {

    public GeneratedUndo {
        statements = List.copyOf(statements);
        obstacles = List.copyOf(obstacles);
    }

    static GeneratedUndo of(String module, Script script, Reversal reversal) {
        int name = script.file().lastIndexOf('/') + 1;
        return new GeneratedUndo(
                module,
                Objects.requireNonNull(script.version()),
                script.file(),
                digest(script),
                script.file().substring(0, name) + "U" + script.file().substring(name + 1),
                reversal.script(script.file().substring(name)),
                reversal.statements(),
                reversal.obstacles());
    }

    /** Whether it takes back what this script did. */
    public boolean takesBack(String ofModule, Script script) {
        return module.equals(ofModule) && version.equals(script.version()) && digest.equals(digest(script));
    }

    /** As the module would have it if somebody had kept it. */
    public Script asScript() {
        int description = file.indexOf("__") + 2;
        return new Script(
                Script.Kind.UNDO,
                file,
                version,
                file.substring(description, file.length() - ".sql".length()).replace('_', ' '),
                sql,
                null);
    }

    public long count(Mark mark) {
        return statements.stream().filter(statement -> statement.mark() == mark).count();
    }

    private static String digest(Script script) {
        return Sha256.of(script.sql().getBytes(StandardCharsets.UTF_8));
    }
}
