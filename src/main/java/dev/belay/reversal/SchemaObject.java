package dev.belay.reversal;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing in the catalog.
 *
 * @param schemaOid 0 when it is in no schema of its own
 * @param schema as SQL; empty when it is in no schema of its own
 * @param name as SQL, quoted where it has to be; an enum's label is a literal
 * @param parent the table or type that it belongs to
 * @param traits what else is to be said of it
 */
record SchemaObject(
        ObjectKey key,
        Kind kind,
        long schemaOid,
        String schema,
        String name,
        @Nullable ObjectKey parent,
        Map<String, String> traits) {

    SchemaObject {
        traits = Map.copyOf(traits);
    }

    /** Its name without quotes; of an enum's label the literal. */
    String bareName() {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    String bareSchema() {
        return schema.startsWith("\"")
                ? schema.substring(1, schema.length() - 1).replace("\"\"", "\"")
                : schema;
    }

    /** One of its traits; empty when it has none such. */
    String trait(String trait) {
        return traits.getOrDefault(trait, "");
    }

    boolean is(String trait) {
        return trait(trait).equals("true");
    }

    /** Whether a trait is the same in another state of it. */
    boolean same(String trait, SchemaObject other) {
        return Objects.equals(traits.get(trait), other.traits.get(trait));
    }

    /** Whether PostgreSQL makes and drops it along with another one, so that no statement is for it. */
    boolean followsAnother() {
        return is("internal") || is("inherited") || !trait("attached").isEmpty() || kind == Kind.ENUM_LABEL;
    }
}
