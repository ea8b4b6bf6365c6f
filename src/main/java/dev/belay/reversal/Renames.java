package dev.belay.reversal;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives things their names and schemas back. What still has a wanted name is put aside under another one first. */
final class Renames {

    /** Whatever follows a table into another schema comes after it, and whatever belongs to it comes last. */
    private static final List<Set<Kind>> ROUNDS = List.of(
            EnumSet.of(Kind.SCHEMA),
            EnumSet.of(
                    Kind.TABLE,
                    Kind.FOREIGN_TABLE,
                    Kind.VIEW,
                    Kind.MATERIALIZED_VIEW,
                    Kind.ENUM,
                    Kind.DOMAIN,
                    Kind.COMPOSITE,
                    Kind.RANGE,
                    Kind.ROUTINE,
                    Kind.STATISTICS,
                    Kind.EVENT_TRIGGER,
                    Kind.PUBLICATION),
            EnumSet.of(Kind.SEQUENCE, Kind.COLUMN, Kind.ENUM_LABEL, Kind.TRIGGER, Kind.POLICY, Kind.RULE),
            EnumSet.of(Kind.CONSTRAINT, Kind.DOMAIN_CONSTRAINT, Kind.INDEX));

    private final Work work;
    private final Names names;

    Renames(Work work, Names names) {
        this.work = work;
        this.names = names;
    }

    void run() throws SQLException, Work.BlockedException {
        for (Set<Kind> round : ROUNDS) {
            boolean renamed = false;
            for (SchemaObject was : work.before().all()) {
                SchemaObject is = work.successor(was);
                if (is != null && round.contains(was.kind()) && !is.is("inherited")) {
                    renamed |= rename(was, is);
                }
            }
            if (renamed) {
                work.reread();
            }
        }
    }

    private boolean rename(SchemaObject was, SchemaObject is) throws Work.BlockedException {
        SchemaObject current = is;
        SchemaObject schema = schemaOf(was);
        if (schema != null && schema.key().oid() != is.schemaOid() && hasSchemaOfItsOwn(is)) {
            long oid = schema.key().oid();
            names.free(current, oid, current.name());
            work.safe(Ddl.alter(work.now(), current) + " SET SCHEMA " + schema.name());
            current = names.put(current, oid, schema.name(), current.name());
        }
        if (!current.name().equals(was.name())) {
            names.free(current, current.schemaOid(), was.name());
            work.safe(Ddl.rename(work.now(), current, was.name()));
            current = names.put(current, current.schemaOid(), current.schema(), was.name());
        }
        return !current.equals(is);
    }

    /** The schema that it was in, as it is now: one that was made again has another OID. Null when it was in none. */
    private @Nullable SchemaObject schemaOf(SchemaObject was) {
        SchemaObject schema = work.before().find(new ObjectKey("pg_namespace", was.schemaOid(), 0));
        return schema == null
                ? null
                : Objects.requireNonNull(work.successor(schema), "schemas are made before anything moves");
    }

    /** Indexes go with their table, sequences with the table that owns them. */
    private static boolean hasSchemaOfItsOwn(SchemaObject object) {
        return object.kind() != Kind.INDEX && object.trait("owned by").isEmpty() && !object.is("internal");
    }
}
