package dev.belay.review;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that a person has to know before the scripts are used.
 *
 * @param about the object that is meant, as SQL names it; empty when it is about all
 * @param text one or two sentences
 */
@Schema(name = "DraftRemark")
public record Remark(Level level, String about, String text) {

    /** How much it matters. */
    @Schema(name = "DraftRemarkLevel")
    public enum Level {
        /** Good to know. */
        NOTE,
        /** To be looked at: a script may fail on rows that are there, or means something else than was wanted. */
        LOOK,
        /** Values or rows go away, or do not come back. */
        LOSS,
        /** PostgreSQL cannot do it. */
        LIMIT
    }

    public static Remark note(String about, String text) {
        return new Remark(Level.NOTE, about, text);
    }

    public static Remark look(String about, String text) {
        return new Remark(Level.LOOK, about, text);
    }

    public static Remark loss(String about, String text) {
        return new Remark(Level.LOSS, about, text);
    }

    public static Remark limit(String about, String text) {
        return new Remark(Level.LIMIT, about, text);
    }
}
