package dev.belay.catalog;

import dev.belay.postgres.Identifiers;

/** Tells by its written name which schema something is in: PostgreSQL quotes a name only where it has to. */
final class Schemas {

    private Schemas() {}

    static boolean isNamed(String identity, String schema) {
        return identity.equals(schema) || identity.equals(Identifiers.quote(schema));
    }

    static boolean isQualifiedBy(String identity, String schema) {
        return identity.startsWith(schema + ".") || identity.startsWith(Identifiers.quote(schema) + ".");
    }
}
