package dev.belay.reversal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A database's schema at one moment, by OID and attnum, with who uses whom. Only comparable inside one database. */
public final class Structure {

    private final Map<ObjectKey, SchemaObject> objects;
    private final Map<ObjectKey, Set<ObjectKey>> uses;
    private final Tally tally;

    Structure(Map<ObjectKey, SchemaObject> objects, Map<ObjectKey, Set<ObjectKey>> uses, Tally tally) {
        this.objects = new LinkedHashMap<>(objects);
        this.uses = uses;
        this.tally = tally;
    }

    /**
     * Remembers the schema as it is, and how many rows and values each table and column has: after a script that drops
     * them nobody could tell. Reads within a transaction of its own, which it rolls back.
     *
     * @param leaveOut tables that do not count, such as {@code public.flyway_schema_history}, unquoted
     */
    public static Structure remember(Connection session, Set<String> leaveOut) throws SQLException {
        boolean autoCommit = session.getAutoCommit();
        session.setAutoCommit(false);
        try {
            Structure read = new StructureReader(session, leaveOut).read();
            return new Structure(read.objects, read.uses, Tally.of(session, read));
        } finally {
            session.rollback();
            session.setAutoCommit(autoCommit);
        }
    }

    /**
     * Reads the schema as it is, without counting any row. Within a transaction of its own, which it rolls back.
     *
     * @param leaveOut tables that do not count, such as {@code public.flyway_schema_history}, unquoted
     */
    public static Structure read(Connection session, Set<String> leaveOut) throws SQLException {
        boolean autoCommit = session.getAutoCommit();
        session.setAutoCommit(false);
        try {
            return new StructureReader(session, leaveOut).read();
        } finally {
            session.rollback();
            session.setAutoCommit(autoCommit);
        }
    }

    Map<ObjectKey, Set<ObjectKey>> uses() {
        return uses;
    }

    Collection<SchemaObject> all() {
        return objects.values();
    }

    /** Replaces what is known of an object. */
    void put(SchemaObject object) {
        objects.put(object.key(), object);
    }

    Tally tally() {
        return tally;
    }

    @Nullable
    SchemaObject find(@Nullable ObjectKey key) {
        return key == null ? null : objects.get(key);
    }

    boolean has(ObjectKey key) {
        return objects.containsKey(key);
    }

    SchemaObject parentOf(SchemaObject object) {
        SchemaObject parent = find(object.parent());
        if (parent == null) {
            throw new IllegalStateException(object + " belongs to nothing that is known");
        }
        return parent;
    }

    List<SchemaObject> partsOf(SchemaObject whole) {
        return objects.values().stream()
                .filter(object -> whole.key().equals(object.parent()))
                .toList();
    }

    Set<ObjectKey> usedBy(SchemaObject object) {
        return uses.getOrDefault(object.key(), Set.of());
    }

    /** How SQL names it after its kind. */
    String nameOf(SchemaObject object) {
        return switch (object.kind()) {
            case ROUTINE -> object.schema() + "." + object.name() + "(" + object.trait("arguments") + ")";
            case COLUMN -> nameOf(parentOf(object)) + "." + object.name();
            case CONSTRAINT, RULE, TRIGGER, POLICY -> object.name() + " ON " + nameOf(parentOf(object));
            case DOMAIN_CONSTRAINT -> object.name() + " ON DOMAIN " + nameOf(parentOf(object));
            default -> object.schema().isEmpty() ? object.name() : object.schema() + "." + object.name();
        };
    }

    /** These and all that use them, directly or not, as far as {@code also} lets them be followed. */
    Set<SchemaObject> withUsers(Collection<SchemaObject> seeds, Predicate<SchemaObject> also) {
        Set<SchemaObject> found = new LinkedHashSet<>(seeds);
        List<SchemaObject> last = new ArrayList<>(found);
        while (!last.isEmpty()) {
            Set<ObjectKey> keys = new HashSet<>();
            last.forEach(object -> keys.add(object.key()));
            last = objects.values().stream()
                    .filter(object -> !found.contains(object) && also.test(object))
                    .filter(object -> usedBy(object).stream().anyMatch(keys::contains))
                    .toList();
            found.addAll(last);
        }
        return found;
    }

    /** What is used comes before what uses it; parts count as their table when they are not there on their own. */
    List<SchemaObject> inOrder(Collection<SchemaObject> some) {
        List<SchemaObject> left = new ArrayList<>(some);
        left.sort((one, other) -> one.kind() == other.kind()
                ? Long.compare(
                        one.key().oid() * 2000 + one.key().sub(),
                        other.key().oid() * 2000 + other.key().sub())
                : one.kind().compareTo(other.kind()));
        List<SchemaObject> ordered = new ArrayList<>();
        Map<ObjectKey, Set<ObjectKey>> needs = needs(left);
        Set<ObjectKey> open = new HashSet<>();
        left.forEach(object -> open.add(object.key()));
        while (!left.isEmpty()) {
            SchemaObject next = left.stream()
                    .filter(object -> needs.getOrDefault(object.key(), Set.of()).stream()
                            .noneMatch(key -> !key.equals(object.key()) && open.contains(key)))
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            open.remove(next.key());
            ordered.add(next);
        }
        return ordered;
    }

    private Map<ObjectKey, Set<ObjectKey>> needs(Collection<SchemaObject> some) {
        Set<ObjectKey> keys = new HashSet<>();
        some.forEach(object -> keys.add(object.key()));
        Map<ObjectKey, Set<ObjectKey>> needs = new LinkedHashMap<>();
        uses.forEach((user, used) -> {
            ObjectKey counted = counted(user, keys);
            // a sequence belongs to the column that draws from it, and either names the other
            boolean isOwned = user.catalog().equals("pg_class") && isSequence(user);
            for (ObjectKey one : used) {
                if (!isOwned) {
                    needs.computeIfAbsent(counted, key -> new HashSet<>()).add(counted(one, keys));
                }
            }
        });
        return needs;
    }

    private boolean isSequence(ObjectKey key) {
        SchemaObject object = find(key);
        return object != null && object.kind() == Kind.SEQUENCE;
    }

    private ObjectKey counted(ObjectKey key, Set<ObjectKey> keys) {
        if (keys.contains(key)) {
            return key;
        }
        SchemaObject object = find(key);
        return object != null && object.kind() == Kind.COLUMN && object.parent() != null ? object.parent() : key;
    }
}
