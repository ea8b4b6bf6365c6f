package dev.belay.reversal;

import java.sql.SQLException;

/** Asks PostgreSQL how values of one type become values of another. */
final class Casts {

    private Casts() {}

    /** Whether ALTER TYPE needs no USING. */
    static boolean isAssigned(Work work, String from, String to) throws SQLException {
        return work.ask(
                "SELECT s.t = d.t OR c.castsource IS NOT NULL OR target.typcategory = 'S' FROM (SELECT ?::regtype t) s"
                        + " CROSS JOIN (SELECT ?::regtype t) d JOIN pg_type target ON target.oid = d.t LEFT JOIN pg_cast c"
                        + " ON c.castsource = s.t AND c.casttarget = d.t AND c.castcontext IN ('i', 'a')",
                from,
                to);
    }

    static boolean isEnum(Work work, String type) throws SQLException {
        return work.ask("SELECT typtype = 'e' FROM pg_type WHERE oid = ?::regtype", type);
    }
}
