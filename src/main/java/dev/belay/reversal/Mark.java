package dev.belay.reversal;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a statement of an undo script does to what is there when it runs. From the best to the worst. */
@Schema(name = "UndoMark")
public enum Mark {
    /** Nothing goes away with it that the migration did not make. */
    SAFE,
    /** Rows or values go away with it that the migration or applications wrote. */
    LOSSY,
    /** What was there before does not come back by it. */
    IRREVERSIBLE
}
