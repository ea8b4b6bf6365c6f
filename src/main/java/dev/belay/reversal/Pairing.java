package dev.belay.reversal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says which object of a schema that is wanted is which of the live one, in another database: by name, by what somebody
 * says of renames, by the column that a sequence belongs to, and, of what holds no rows, by an equal definition.
 */
public final class Pairing {

    /** OIDs above all that PostgreSQL gives. */
    static final long FRESH = 1L << 33;

    /** Above all numbers of columns. */
    static final int FRESH_COLUMN = 2000;

    private final Structure live;
    private final Structure wanted;
    private final List<Renaming> renamings;
    private final Map<ObjectKey, ObjectKey> liveOf = new HashMap<>();
    private final Map<ObjectKey, ObjectKey> wantedOf = new HashMap<>();
    private final Set<Renaming> used = new HashSet<>();

    private Pairing(Structure live, Structure wanted, List<Renaming> renamings) {
        this.live = live;
        this.wanted = wanted;
        this.renamings = List.copyOf(renamings);
    }

    /** Whether it is new where it is wanted. */
    static boolean isFresh(ObjectKey key) {
        return key.oid() > FRESH || key.sub() >= FRESH_COLUMN;
    }

    /** How enums with other values are dealt with. */
    public enum Enums {
        /** A value that is missing is added. */
        EXTEND,
        /** The type is made anew: in a transaction nobody may use a value that was added in it. */
        REMAKE
    }

    public static Pairing of(Structure live, Structure wanted, List<Renaming> renamings, Enums enums) {
        Pairing pairing = new Pairing(live, wanted, renamings);
        pairing.wholes();
        new Unalterable(pairing, enums).part();
        pairing.parts(object -> object.kind() == Kind.COLUMN || object.kind() == Kind.ENUM_LABEL);
        new Unalterable(pairing, enums).partColumns();
        pairing.ownedSequences();
        pairing.parts(
                object -> object.parent() != null && object.kind() != Kind.COLUMN && object.kind() != Kind.ENUM_LABEL);
        new Definitions(pairing).pair();
        return pairing;
    }

    /**
     * Of two states of one database, by OID and attnum; but for what was made again, or has to be to become what it was.
     *
     * @param now where the way begins
     * @param before where it leads
     */
    public static Pairing ofOne(Structure now, Structure before) {
        Pairing pairing = new Pairing(now, before, List.of());
        pairing.byIdentity(object -> object.parent() == null);
        new Unalterable(pairing, Enums.REMAKE).part();
        pairing.byIdentity(object -> object.parent() != null);
        new Unalterable(pairing, Enums.REMAKE).partColumns();
        // PostgreSQL makes constraints and indexes anew when a column gets another type
        pairing.parts(Definitions::isPairable);
        new Definitions(pairing).pair();
        return pairing;
    }

    private void byIdentity(Which which) {
        for (SchemaObject to : wanted.all()) {
            SchemaObject is = which.is(to) ? live.find(to.key()) : null;
            if (is != null && is.kind() == to.kind() && !isOfOther(to)) {
                pair(is, to);
            }
        }
    }

    private boolean isOfOther(SchemaObject part) {
        SchemaObject whole = wanted.find(part.parent());
        return whole != null && liveOf(whole) == null;
    }

    /** The renames that name nothing that is there to be paired, as a request has them. */
    public List<Renaming> unused() {
        return renamings.stream().filter(renaming -> !used.contains(renaming)).toList();
    }

    /**
     * The wanted schema by the identities of the live one.
     *
     * @param privileges whether owners and privileges are wanted too; else they stay as they are
     */
    public Structure wanted(boolean privileges) {
        return new Rekeying(this, privileges).structure();
    }

    Structure live() {
        return live;
    }

    Structure target() {
        return wanted;
    }

    @Nullable
    SchemaObject liveOf(SchemaObject object) {
        return live.find(liveOf.get(object.key()));
    }

    @Nullable
    SchemaObject wantedOf(SchemaObject object) {
        return wanted.find(wantedOf.get(object.key()));
    }

    void pair(SchemaObject is, SchemaObject to) {
        liveOf.put(to.key(), is.key());
        wantedOf.put(is.key(), to.key());
    }

    void part(SchemaObject is) {
        ObjectKey to = wantedOf.remove(is.key());
        if (to != null) {
            liveOf.remove(to);
        }
    }

    private void wholes() {
        for (Renaming renaming : renamings) {
            if (renaming.isOfTable()) {
                table(renaming);
            }
        }
        byPlace(object -> object.parent() == null && object.kind() != Kind.SEQUENCE, Pairing::place);
        sequencesThatAreNamed();
    }

    private void table(Renaming renaming) {
        SchemaObject is = relation(live, renaming.schema(), renaming.table());
        SchemaObject to = relation(wanted, renaming.toSchema(), renaming.to());
        if (is != null && to != null && is.kind() == to.kind()) {
            pair(is, to);
            used.add(renaming);
        }
    }

    /** A sequence that somebody has named keeps what was said of it. */
    private void sequencesThatAreNamed() {
        byPlace(
                object -> object.kind() == Kind.SEQUENCE
                        && object.trait("owned by").isEmpty()
                        && !object.is("internal"),
                Pairing::place);
    }

    static @Nullable SchemaObject relation(Structure in, String schema, String name) {
        return in.all().stream()
                .filter(object -> object.bareName().equals(name)
                        && object.bareSchema().equals(schema)
                        && switch (object.kind()) {
                            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE -> true;
                            default -> false;
                        })
                .findFirst()
                .orElse(null);
    }

    private static String place(SchemaObject object) {
        return object.kind() + " " + object.schema() + "." + object.name() + "(" + object.trait("arguments") + ")"
                + object.trait("for") + object.trait("on");
    }

    private interface Which {
        boolean is(SchemaObject object);
    }

    private interface Place {
        String of(SchemaObject object);
    }

    private void byPlace(Which which, Place place) {
        Map<String, SchemaObject> open = wanted.all().stream()
                .filter(object -> which.is(object) && !liveOf.containsKey(object.key()))
                .collect(Collectors.toMap(place::of, object -> object, (first, second) -> first));
        for (SchemaObject is : live.all()) {
            SchemaObject to = which.is(is) && !wantedOf.containsKey(is.key()) ? open.remove(place.of(is)) : null;
            if (to != null) {
                pair(is, to);
            }
        }
    }

    /** What belongs to a pair, by its name there. */
    private void parts(Which which) {
        Map<String, SchemaObject> open = new HashMap<>();
        for (SchemaObject to : wanted.all()) {
            SchemaObject whole = to.parent() == null ? null : wanted.find(to.parent());
            SchemaObject liveWhole = whole == null ? null : liveOf(whole);
            if (liveWhole != null && which.is(to) && !liveOf.containsKey(to.key())) {
                open.put(to.kind() + " " + liveWhole.key() + " " + to.name(), to);
            }
        }
        List<SchemaObject> left = new ArrayList<>();
        for (SchemaObject is : live.all()) {
            if (is.parent() != null && which.is(is) && !wantedOf.containsKey(is.key())) {
                left.add(is);
            }
        }
        left.removeIf(is -> named(is, open));
        for (SchemaObject is : left) {
            SchemaObject to = open.remove(is.kind() + " " + is.parent() + " " + is.name());
            if (to != null) {
                pair(is, to);
            }
        }
    }

    private boolean named(SchemaObject is, Map<String, SchemaObject> open) {
        for (Renaming renaming : renamings) {
            if (is.kind() == Kind.COLUMN && is.bareName().equals(renaming.column()) && isTable(renaming, is)) {
                for (Map.Entry<String, SchemaObject> entry : List.copyOf(open.entrySet())) {
                    if (entry.getValue().bareName().equals(renaming.to())
                            && entry.getKey().startsWith(Kind.COLUMN + " " + is.parent() + " ")) {
                        open.remove(entry.getKey());
                        pair(is, entry.getValue());
                        used.add(renaming);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isTable(Renaming renaming, SchemaObject column) {
        SchemaObject table = live.parentOf(column);
        SchemaObject to = wantedOf(table);
        return isNamed(table, renaming) || (to != null && isNamed(to, renaming));
    }

    private static boolean isNamed(SchemaObject table, Renaming renaming) {
        return table.bareName().equals(renaming.table()) && table.bareSchema().equals(renaming.schema());
    }

    private void ownedSequences() {
        for (SchemaObject to : wanted.all()) {
            SchemaObject column =
                    to.kind() == Kind.SEQUENCE && !liveOf.containsKey(to.key()) ? owner(wanted, to) : null;
            SchemaObject liveColumn = column == null ? null : liveOf(column);
            if (liveColumn != null) {
                live.all().stream()
                        .filter(is -> is.kind() == Kind.SEQUENCE
                                && !wantedOf.containsKey(is.key())
                                && is.is("internal") == to.is("internal")
                                && Objects.equals(owner(live, is), liveColumn))
                        .findFirst()
                        .ifPresent(is -> pair(is, to));
            }
        }
    }

    /** The column that a sequence belongs to; null when it stands alone. */
    private static @Nullable SchemaObject owner(Structure in, SchemaObject sequence) {
        boolean isOwned = sequence.is("internal") || !sequence.trait("owned by").isEmpty();
        return !isOwned
                ? null
                : in.usedBy(sequence).stream()
                        .filter(key -> key.sub() > 0)
                        .map(in::find)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }
}
