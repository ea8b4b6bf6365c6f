package dev.belay.plan;

import dev.belay.trace.Change;
import dev.belay.trace.Change.Trait;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** One change of the schema in words. */
final class ChangeText {

    private ChangeText() {}

    static String of(Change change) {
        String name = change.relation() + "." + change.name();
        return switch (change.kind()) {
            case RELATION_CREATED -> kind(change) + " " + change.relation() + " is made";
            case RELATION_DROPPED -> kind(change) + " " + change.relation() + " goes away";
            case RELATION_RENAMED -> kind(change) + " " + change.before() + " becomes " + change.after();
            case COLUMN_ADDED -> "column " + name + " is added: " + change.after() + traits(change);
            case COLUMN_DROPPED -> "column " + name + " goes away: " + change.before();
            case COLUMN_RENAMED -> "column " + change.relation() + "." + change.before() + " becomes " + change.after();
            case COLUMN_TYPE_CHANGED ->
                "column " + name + " changes its type from " + change.before() + " to " + change.after();
            case COLUMN_MADE_NOT_NULL -> "column " + name + " is made NOT NULL";
            case COLUMN_MADE_NULLABLE -> "column " + name + " may be NULL";
            case COLUMN_DEFAULT_CHANGED ->
                "column " + name + " changes its default from " + change.before() + " to " + change.after();
            case CONSTRAINT_ADDED ->
                "constraint " + change.name() + " is added to " + change.relation() + ": " + change.after();
            case CONSTRAINT_VALIDATED -> "constraint " + change.name() + " of " + change.relation() + " is validated";
            case CONSTRAINT_DROPPED ->
                "constraint " + change.name() + " of " + change.relation() + " goes away: " + change.before();
            case INDEX_CREATED -> "index " + change.name() + " is made on " + change.relation();
            case INDEX_DROPPED -> "index " + change.name() + " of " + change.relation() + " goes away";
            case TRIGGER_CREATED -> "trigger " + change.name() + " is made on " + change.relation();
            case TRIGGER_DROPPED -> "trigger " + change.name() + " of " + change.relation() + " goes away";
            case TYPE_CREATED -> "type " + change.relation() + " is made: " + change.after();
            case ENUM_VALUE_ADDED -> "type " + change.relation() + " gets the value " + change.after();
        };
    }

    private static String kind(Change change) {
        return change.traits().stream().map(ChangeText::words).findFirst().orElse("relation");
    }

    private static String traits(Change change) {
        return change.traits().isEmpty()
                ? ""
                : change.traits().stream()
                        .sorted(Comparator.naturalOrder())
                        .map(ChangeText::words)
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String words(Trait trait) {
        return trait.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
