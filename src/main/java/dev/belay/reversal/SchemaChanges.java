package dev.belay.reversal;

import dev.belay.reversal.SchemaChange.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares two states of one database. */
final class SchemaChanges {

    private static final Comparator<SchemaChange> ORDER = Comparator.comparing(
                    (SchemaChange change) -> change.of() == null ? change.name() : change.of())
            .thenComparing(change -> change.of() == null ? 0 : 1)
            .thenComparing(SchemaChange::type)
            .thenComparing(SchemaChange::name)
            .thenComparing(SchemaChange::what);

    private final Structure before;
    private final Structure after;
    private final Map<ObjectKey, ObjectKey> successors = new HashMap<>();
    private final Map<ObjectKey, ObjectKey> predecessors = new HashMap<>();
    private final Renamed renamed = new Renamed();

    SchemaChanges(Structure before, Structure after) {
        this.before = before;
        this.after = after;
    }

    List<SchemaChange> find() {
        pair();
        List<SchemaChange> changes = new ArrayList<>();
        for (SchemaObject was : before.all()) {
            SchemaObject is = after.find(successors.get(was.key()));
            if (is != null) {
                changed(was, is, changes);
            } else if (isTold(before, was)) {
                changes.add(alone(What.DROPPED, before, was));
            }
        }
        for (SchemaObject is : after.all()) {
            if (!predecessors.containsKey(is.key()) && isTold(after, is)) {
                changes.add(alone(What.ADDED, after, is));
            }
        }
        return changes.stream().sorted(ORDER).toList();
    }

    private void pair() {
        for (SchemaObject was : before.all()) {
            SchemaObject is = after.find(was.key());
            if (is != null && is.kind() == was.kind()) {
                pair(was, is);
            }
        }
        // what was dropped and made again, and then what belongs to it
        byName();
        byName();
        for (SchemaObject was : before.all()) {
            SchemaObject is = after.find(successors.get(was.key()));
            if (is != null) {
                renamed.remember(before, was, after, is);
            }
        }
        byDefinition();
    }

    /** PostgreSQL makes constraints and indexes anew when a column gets another type, also those that were renamed then. */
    private void byDefinition() {
        List<SchemaObject> open = new ArrayList<>();
        for (SchemaObject is : after.all()) {
            if (Definitions.isPairable(is) && !predecessors.containsKey(is.key())) {
                open.add(is);
            }
        }
        for (SchemaObject was : before.all()) {
            if (Definitions.isPairable(was) && was.parent() != null && !successors.containsKey(was.key())) {
                open.stream().filter(is -> isEqual(was, is)).findFirst().ifPresent(is -> {
                    pair(was, is);
                    open.remove(is);
                });
            }
        }
    }

    private boolean isEqual(SchemaObject was, SchemaObject is) {
        return was.kind() == is.kind()
                && Objects.equals(successors.get(was.parent()), is.parent())
                && isDefinedAlike(was, is);
    }

    private boolean isDefinedAlike(SchemaObject was, SchemaObject is) {
        return renamed.apply(Definitions.nameless(was)).equals(Definitions.nameless(is));
    }

    private void pair(SchemaObject was, SchemaObject is) {
        successors.put(was.key(), is.key());
        predecessors.put(is.key(), was.key());
    }

    private void byName() {
        Map<String, SchemaObject> open = new LinkedHashMap<>();
        for (SchemaObject is : after.all()) {
            if (!predecessors.containsKey(is.key()) && isMadeAgain(after, is)) {
                open.put(place(is, is.parent()), is);
            }
        }
        for (SchemaObject was : before.all()) {
            ObjectKey parent = was.parent();
            SchemaObject is = successors.containsKey(was.key()) || !isMadeAgain(before, was)
                    ? null
                    : open.remove(place(was, parent == null ? null : successors.getOrDefault(parent, parent)));
            if (is != null) {
                pair(was, is);
            }
        }
    }

    /** What holds rows is not the same when it was dropped and made again. */
    private static boolean isMadeAgain(Structure in, SchemaObject object) {
        return switch (object.kind()) {
            case TABLE, FOREIGN_TABLE -> false;
            case COLUMN -> in.parentOf(object).kind() != Kind.TABLE;
            default -> true;
        };
    }

    private static String place(SchemaObject object, @Nullable ObjectKey parent) {
        return object.kind() + " " + object.schema() + " " + parent + " " + object.name() + " "
                + object.trait("arguments") + object.trait("for") + object.trait("on");
    }

    private void changed(SchemaObject was, SchemaObject is, List<SchemaChange> changes) {
        if (!isTold(after, is) || is.is("inherited")) {
            return;
        }
        List<SchemaChange.Trait> traits = Changes.differing(was, is).stream()
                .filter(trait -> !isSame(trait, was, is))
                .map(trait -> new SchemaChange.Trait(Described.word(trait), was.trait(trait), is.trait(trait)))
                .toList();
        String from = ownName(was);
        boolean isRenamed = !from.equals(ownName(is));
        if (isRenamed || !traits.isEmpty()) {
            changes.add(new SchemaChange(
                    What.CHANGED,
                    Described.type(is),
                    ownName(is),
                    isRenamed ? from : null,
                    whole(after, is),
                    null,
                    is.kind() == Kind.COLUMN ? is.trait("type") : null,
                    false,
                    traits));
        }
    }

    /** A definition that only follows the names of others is the same. */
    private boolean isSame(String trait, SchemaObject was, SchemaObject is) {
        return renamed.apply(was.trait(trait)).equals(is.trait(trait))
                || (trait.equals("def") && isDefinedAlike(was, is))
                || List.of("partition of", "inherits").contains(trait);
    }

    private SchemaChange alone(What what, Structure in, SchemaObject object) {
        boolean isColumn = object.kind() == Kind.COLUMN;
        String definition = Described.definition(in, object);
        return new SchemaChange(
                what,
                Described.type(object),
                ownName(object),
                null,
                whole(in, object),
                definition.isEmpty() ? null : definition,
                isColumn ? object.trait("type") : null,
                isColumn && isOnOld(object) && Tables.isWithoutValue(object),
                List.of());
    }

    private boolean isOnOld(SchemaObject column) {
        ObjectKey table = Objects.requireNonNull(column.parent());
        return successors.containsKey(table) || predecessors.containsKey(table);
    }

    private static boolean isTold(Structure in, SchemaObject object) {
        if (object.kind() == Kind.ENUM_LABEL) {
            return true;
        }
        return !object.followsAnother()
                && !(object.kind() == Kind.COLUMN && in.parentOf(object).kind().isRemade());
    }

    private static String ownName(SchemaObject object) {
        if (object.kind() == Kind.ROUTINE) {
            return object.schema() + "." + object.name() + "(" + object.trait("arguments") + ")";
        }
        return object.schema().isEmpty() || object.parent() != null
                ? object.name()
                : object.schema() + "." + object.name();
    }

    private static @Nullable String whole(Structure in, SchemaObject part) {
        return part.parent() == null ? null : in.nameOf(in.parentOf(part));
    }
}
