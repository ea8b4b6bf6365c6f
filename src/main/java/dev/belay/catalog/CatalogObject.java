package dev.belay.catalog;

/**
 * One thing in a database's catalog, as text that is the same wherever the same thing is.
 *
 * @param type a word of PostgreSQL's, such as {@code table}, {@code column}, {@code invalid index} or
 *     {@code function privileges}
 * @param identity qualified and quoted where needed, such as {@code shop.orders.placed} or {@code shop.add(integer)};
 *     no two objects of one type share it
 * @param definition a JSON object of what can be said about it; what is the default is mostly not said
 */
public record CatalogObject(String type, String identity, String definition) {

    /** Whether it is this schema, lies in it, or belongs to something in it. */
    public boolean isInSchema(String schema) {
        if (type.equals("schema") || type.equals("schema privileges")) {
            return Schemas.isNamed(identity, schema);
        }
        return Schemas.isQualifiedBy(identity, schema);
    }
}
