package dev.belay.reversal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What takes a script's changes of the schema back, in the order in which it is to be run.
 *
 * @param obstacle why the statements do not lead back to the same schema; null when they did where they were made
 */
public record Reversal(
        List<UndoStatement> statements, @Nullable String obstacle) {

    public Reversal {
        statements = List.copyOf(statements);
    }

    /** The worst mark of all statements. */
    public Mark mark() {
        return statements.stream().map(UndoStatement::mark).max(Enum::compareTo).orElse(Mark.SAFE);
    }

    public long count(Mark mark) {
        return statements.stream().filter(statement -> statement.mark() == mark).count();
    }

    /** Why it cannot be offered, each as a clause; empty when nothing is known against it. */
    public List<String> obstacles() {
        List<String> irreversible = statements.stream()
                .filter(statement -> statement.mark() == Mark.IRREVERSIBLE)
                .map(UndoStatement::why)
                .toList();
        return irreversible.isEmpty() && obstacle != null ? List.of(obstacle) : irreversible;
    }

    /**
     * The statements as a script of a draft, with a comment before each that there is something to say of.
     *
     * @param header what it does and where it comes from
     */
    public String draft(String header) {
        return ReversalText.draft(this, header);
    }

    /**
     * The undo script, with a comment before each statement that there is something to say of.
     *
     * @param file the script that it takes back
     */
    public String script(String file) {
        return ReversalText.of(this, file);
    }
}
