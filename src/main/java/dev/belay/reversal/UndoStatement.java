package dev.belay.reversal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One statement of a generated undo script.
 *
 * @param sql without semicolon; empty where PostgreSQL has no statement for it
 * @param why what the mark means here; empty when there is nothing to say
 * @param rows how many rows it concerned on the copy
 * @param values how many values that are not NULL it concerned on the copy
 */
@Schema(name = "UndoStatement")
public record UndoStatement(String sql, Mark mark, String why, long rows, long values) {

    static UndoStatement safe(String sql) {
        return new UndoStatement(sql, Mark.SAFE, "", 0, 0);
    }

    static UndoStatement safe(String sql, String why) {
        return new UndoStatement(sql, Mark.SAFE, why, 0, 0);
    }
}
