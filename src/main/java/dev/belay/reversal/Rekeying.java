package dev.belay.reversal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a schema down by the identities of another database: its own where it is paired, one that nobody has elsewhere. */
final class Rekeying {

    private final Pairing pairing;
    private final boolean privileges;
    private final Map<ObjectKey, ObjectKey> keys = new HashMap<>();

    Rekeying(Pairing pairing, boolean privileges) {
        this.pairing = pairing;
        this.privileges = privileges;
    }

    Structure structure() {
        for (SchemaObject object : pairing.target().all()) {
            keys.put(object.key(), keyOf(object));
        }
        Map<ObjectKey, SchemaObject> objects = new LinkedHashMap<>();
        for (SchemaObject object : pairing.target().all()) {
            if (privileges || object.kind() != Kind.DEFAULT_PRIVILEGES) {
                SchemaObject mapped = mapped(object);
                objects.put(mapped.key(), mapped);
            }
        }
        if (!privileges) {
            pairing.live().all().stream()
                    .filter(object -> object.kind() == Kind.DEFAULT_PRIVILEGES)
                    .forEach(object -> objects.put(object.key(), object));
        }
        Map<ObjectKey, Set<ObjectKey>> uses = new HashMap<>();
        pairing.target()
                .uses()
                .forEach((user, used) -> uses.put(
                        key(user), used.stream().map(this::key).collect(Collectors.toCollection(LinkedHashSet::new))));
        return new Structure(objects, uses, Tally.NONE);
    }

    private ObjectKey keyOf(SchemaObject object) {
        SchemaObject is = pairing.liveOf(object);
        if (is != null) {
            return is.key();
        }
        ObjectKey key = object.key();
        SchemaObject whole = object.kind() == Kind.COLUMN ? pairing.target().find(object.parent()) : null;
        SchemaObject liveWhole = whole == null ? null : pairing.liveOf(whole);
        return liveWhole == null
                ? new ObjectKey(key.catalog(), key.oid() + Pairing.FRESH, key.sub())
                : new ObjectKey(key.catalog(), relation(liveWhole), key.sub() + Pairing.FRESH_COLUMN);
    }

    /** A composite type's columns are those of a relation of its own. */
    private long relation(SchemaObject whole) {
        return whole.kind() != Kind.COMPOSITE
                ? whole.key().oid()
                : pairing.live().partsOf(whole).stream()
                        .map(part -> part.key().oid())
                        .findFirst()
                        .orElse(whole.key().oid() + Pairing.FRESH);
    }

    private ObjectKey key(ObjectKey key) {
        return keys.getOrDefault(key, new ObjectKey(key.catalog(), key.oid() + Pairing.FRESH, key.sub()));
    }

    private SchemaObject mapped(SchemaObject object) {
        ObjectKey schema = new ObjectKey("pg_namespace", object.schemaOid(), 0);
        return new SchemaObject(
                key(object.key()),
                object.kind(),
                object.schemaOid() == 0 ? 0 : key(schema).oid(),
                object.schema(),
                object.name(),
                object.parent() == null ? null : key(Objects.requireNonNull(object.parent())),
                traits(object));
    }

    private Map<String, String> traits(SchemaObject object) {
        Map<String, String> traits = new HashMap<>(object.traits());
        for (String parents : new String[] {"partition of", "inherits", "attached"}) {
            traits.computeIfPresent(parents, (trait, oids) -> parents(oids));
        }
        if (!privileges) {
            SchemaObject is = pairing.liveOf(object);
            keep("owner", is, traits);
            keep("acl", is, traits);
            if (is == null) {
                traits.put(Changes.ANY_OWNER, "true");
            }
        }
        return traits;
    }

    private static void keep(String trait, @Nullable SchemaObject is, Map<String, String> traits) {
        traits.remove(trait);
        if (is != null && is.traits().containsKey(trait)) {
            traits.put(trait, is.trait(trait));
        }
    }

    private String parents(String oids) {
        return Arrays.stream(oids.split(",", -1))
                .map(oid -> Long.toString(
                        key(new ObjectKey("pg_class", Long.parseLong(oid), 0)).oid()))
                .collect(Collectors.joining(","));
    }
}
