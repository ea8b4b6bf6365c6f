package dev.belay.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All that is in a database's catalog, sorted by type and identity, without its rows and sequence values. */
public record Catalog(List<CatalogObject> objects) {

    private static final Comparator<CatalogObject> ORDER =
            Comparator.comparing(CatalogObject::type).thenComparing(CatalogObject::identity);

    public Catalog {
        objects = objects.stream().sorted(ORDER).toList();
        for (int i = 1; i < objects.size(); i++) {
            if (ORDER.compare(objects.get(i - 1), objects.get(i)) == 0) {
                throw new IllegalArgumentException("two objects of one type with one identity: "
                        + objects.get(i).type() + " " + objects.get(i).identity());
            }
        }
    }

    /** SHA-256 in hexadecimal; equal exactly when {@link #differences} finds none. */
    public String digest() {
        MessageDigest sha256 = sha256();
        for (CatalogObject object : objects) {
            for (String part : List.of(object.type(), object.identity(), object.definition())) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha256.update(bytes);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** What {@code other} has otherwise; this catalog is what was expected. */
    public List<Difference> differences(Catalog other) {
        List<Difference> found = new ArrayList<>();
        SortedMap<String, SortedMap<String, String>> expected = byType();
        SortedMap<String, SortedMap<String, String>> actual = other.byType();
        SortedMap<String, SortedMap<String, String>> types = new TreeMap<>(expected);
        types.putAll(actual);
        for (String type : types.keySet()) {
            found.addAll(Difference.between(
                    type,
                    expected.getOrDefault(type, new TreeMap<>()),
                    actual.getOrDefault(type, new TreeMap<>()),
                    String::equals));
        }
        return List.copyOf(found);
    }

    /** This catalog without the objects that {@code excluded} tells. */
    public Catalog without(Predicate<CatalogObject> excluded) {
        return new Catalog(objects.stream().filter(excluded.negate()).toList());
    }

    /** This catalog without a schema and all that is in it. */
    public Catalog withoutSchema(String schema) {
        return without(object -> object.isInSchema(schema));
    }

    private SortedMap<String, SortedMap<String, String>> byType() {
        SortedMap<String, SortedMap<String, String>> types = new TreeMap<>();
        for (CatalogObject object : objects) {
            types.computeIfAbsent(object.type(), type -> new TreeMap<>()).put(object.identity(), object.definition());
        }
        return types;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
