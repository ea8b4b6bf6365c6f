package dev.belay.sql;

import java.util.List;
import java.util.Set;

/**
 * What one statement says, as far as its text tells: what it did, a trace tells better.
 *
 * @param targets the relations, or whatever else it is about, as written; for {@link Kind#SET} the parameter, in lower case
 */
public record Parsed(Kind kind, List<String> targets, Set<Trait> traits) {

    /** A statement that the grammar does not know. */
    static final Parsed UNKNOWN = new Parsed(Kind.UNKNOWN, List.of(), Set.of());

    public Parsed {
        targets = List.copyOf(targets);
        traits = Set.copyOf(traits);
    }

    /** What kind of statement it is, as far as anybody asks. */
    public enum Kind {
        /** The grammar does not know it; whether it is right, PostgreSQL says. */
        UNKNOWN,
        /** It is known, and nobody asks what it is. */
        OTHER,
        CREATE_INDEX,
        REINDEX,
        ALTER_TABLE,
        ATTACH_PARTITION,
        DETACH_PARTITION,
        RENAME_SCHEMA,
        RENAME_ENUM_VALUE,
        CREATE_DOMAIN,
        ALTER_DOMAIN,
        DROP,
        DROP_INDEX,
        DROP_SCHEMA,
        DROP_DATABASE,
        TRUNCATE,
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        MERGE,
        LOCK,
        VACUUM,
        CLUSTER,
        REFRESH_MATERIALIZED_VIEW,
        /** And RESET, which sets it to what it was. */
        SET,
        /** BEGIN, COMMIT, ROLLBACK and their kin; not savepoints, which keep the transaction. */
        TRANSACTION_CONTROL
    }

    /** What else it says. */
    public enum Trait {
        CONCURRENTLY,
        IF_EXISTS,
        IF_NOT_EXISTS,
        CASCADE,
        /** An UPDATE or DELETE of some rows only. */
        WHERE,
        /** A CHECK or NOT NULL of a domain that is created or altered. */
        DOMAIN_CONSTRAINT,
        /** A constraint that is not to be checked yet. */
        NOT_VALID,
        /** SET for the transaction alone. */
        LOCAL
    }

    public static Parsed of(String sql) {
        return StatementReader.read(sql);
    }

    public boolean is(Kind... kinds) {
        return List.of(kinds).contains(kind);
    }

    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
