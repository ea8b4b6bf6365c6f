package dev.belay.reversal;

import java.util.List;
import java.util.Objects;

/** Keeps track of who has which name while names change. */
final class Names {

    private final Work work;
    private int aside;

    Names(Work work) {
        this.work = work;
    }

    /** Remembers that an object has another name now. */
    SchemaObject put(SchemaObject object, long schemaOid, String schema, String name) {
        SchemaObject renamed = new SchemaObject(
                object.key(), object.kind(), schemaOid, schema, name, object.parent(), object.traits());
        work.now().put(renamed);
        return renamed;
    }

    /** Gives whatever has a name that another object wants a name that nobody wants. */
    void free(SchemaObject wanting, long schemaOid, String name) throws Work.BlockedException {
        for (SchemaObject other : List.copyOf(work.now().all())) {
            if (!other.key().equals(wanting.key())
                    && other.name().equals(name)
                    && other.schemaOid() == schemaOid
                    && Objects.equals(other.parent(), wanting.parent())
                    && spaceOf(other).equals(spaceOf(wanting))) {
                String plain = "belay_aside_" + ++aside;
                String free = other.kind() == Kind.ENUM_LABEL ? "'" + plain + "'" : plain;
                work.safe(Ddl.rename(work.now(), other, free));
                put(other, other.schemaOid(), other.schema(), free);
            }
        }
    }

    private static String spaceOf(SchemaObject object) {
        return switch (object.kind()) {
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, INDEX, ENUM, DOMAIN, COMPOSITE, RANGE ->
                "relation";
            case ROUTINE -> "routine " + object.trait("arguments");
            default -> object.kind().name();
        };
    }
}
