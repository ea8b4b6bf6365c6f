package dev.belay.masking;

import dev.belay.database.ProjectMasking.Kind;
import java.util.Optional;
import java.util.Set;

/** What keeps a column from being masked as its rule says. */
final class MaskingFaults {

    private static final Set<String> HASHED = Set.of("uuid", "bytea");

    private MaskingFaults() {}

    static Optional<String> of(MaskedColumn masked, boolean decidesPartition) {
        Column column = masked.column();
        Kind kind = masked.rule().kind();
        String rule = kind.word() + " cannot be for " + column.id() + ", because it ";
        if (column.computed()) {
            return Optional.of(rule + "is computed from other columns: mask those");
        } else if (column.alwaysIdentity()) {
            return Optional.of(rule + "is GENERATED ALWAYS AS IDENTITY: its numbers tell nothing of a person");
        } else if (decidesPartition) {
            return Optional.of(rule + "decides in which partition a row is");
        }
        return ofKind(masked).map(fault -> rule + fault);
    }

    private static Optional<String> ofKind(MaskedColumn masked) {
        Column column = masked.column();
        boolean unique = column.unique();
        return switch (masked.rule().kind()) {
            case NULL -> when(column.notNull(), "is NOT NULL");
            case FIXED -> when(unique, "has to be unique: use hash");
            case FAKE_NAME ->
                column.isText()
                        ? when(unique, "has to be unique, and names repeat: use hash or fake-email")
                        : Optional.of("is no text");
            case FAKE_EMAIL ->
                column.isText()
                        ? when(masked.room() < Expressions.SHORTEST_EMAIL, "has no room for an e-mail address")
                        : Optional.of("is no text");
            case HASH ->
                when(
                        !column.isText() && !column.isWhole() && !HASHED.contains(column.base()),
                        "is a " + column.type() + ": use shift-dates for dates, else fixed, null or shuffle");
            case SHIFT_DATES -> when(!column.isDate(), "is no date or timestamp");
            case KEEP, SHUFFLE -> Optional.empty();
        };
    }

    private static Optional<String> when(boolean fault, String text) {
        return fault ? Optional.of(text) : Optional.empty();
    }
}
