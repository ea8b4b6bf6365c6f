package dev.belay.database;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a project's columns when its rows are copied to a database of a lower environment. */
public record ProjectMasking(List<Rule> rules) {

    public static final ProjectMasking NONE = new ProjectMasking(List.of());

    public ProjectMasking {
        rules = List.copyOf(rules);
    }

    /** What is done with the values of a column. NULL stays NULL. */
    public enum Kind {
        /** Nothing: somebody has said that the values are harmless. */
        KEEP,
        /** One value for all. */
        FIXED,
        /** NULL for all. */
        NULL,
        /** A value that is told from the original and a secret, equal for equal ones. */
        HASH,
        FAKE_NAME,
        FAKE_EMAIL,
        /** The values of the column, each in the row of another. */
        SHUFFLE,
        /** So many days earlier or later. */
        SHIFT_DATES;

        /** As it is written in belay.yaml. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Which part of a name a fake one is. */
    public enum Part {
        FIRST,
        LAST,
        FULL
    }

    /**
     * One column's rule.
     *
     * @param table its name with the schema or without; nothing in it is quoted
     * @param value for FIXED, as PostgreSQL reads a value of the column's type
     * @param part for FAKE_NAME; null to tell it by the column's name
     * @param days for SHIFT_DATES, how many at most
     * @param perRow for SHIFT_DATES, whether each row has a number of days of its own rather than all rows one
     * @param optional whether the column may be missing
     */
    public record Rule(
            String table,
            String column,
            Kind kind,
            @Nullable String value,
            @Nullable Part part,
            int days,
            boolean perRow,
            boolean optional) {

        /** The same rule for another column. */
        public Rule on(String otherTable, String otherColumn) {
            return new Rule(otherTable, otherColumn, kind, value, part, days, perRow, optional);
        }

        /** Whether it does the same to values as another. */
        public boolean isLike(Rule other) {
            return kind == other.kind
                    && Objects.equals(value, other.value)
                    && part == other.part
                    && days == other.days
                    && perRow == other.perRow;
        }
    }
}
