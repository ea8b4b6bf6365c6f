package dev.belay.audit;

import dev.belay.sql.Constraint;

/** What to do about rows that break a constraint which a script is about to add. */
final class Advice {

    private Advice() {}

    static String of(Constraint constraint) {
        if (constraint instanceof Constraint.NotNull notNull) {
            return notNull.added()
                    ? "Give the new column a DEFAULT, or add it without NOT NULL, fill it, and demand NOT NULL after that."
                    : "Give these rows a value in an earlier statement of the script, or leave the column nullable.";
        } else if (constraint instanceof Constraint.Check check) {
            return check.notValid()
                    ? "NOT VALID lets the statement pass; these rows have to be mended before the constraint is validated,"
                            + " and until then an UPDATE of one of them is refused."
                    : "Mend these rows in an earlier statement of the script, or add the constraint NOT VALID and validate"
                            + " it once they are mended.";
        } else if (constraint instanceof Constraint.ForeignKey key) {
            return key.notValid()
                    ? "NOT VALID lets the statement pass; these orphans have to be mended before the constraint is"
                            + " validated."
                    : "Give these orphans a parent, empty their key or remove them in an earlier statement of the script,"
                            + " or add the key NOT VALID and validate it once they are mended.";
        } else if (constraint instanceof Constraint.Unique) {
            return "Decide which row of each group stays as it is, and change or remove the others in an earlier statement"
                    + " of the script.";
        }
        return "Mend these rows in an earlier statement of the script; the validation fails as long as there are any.";
    }
}
