package dev.belay.salvage;

import static dev.belay.postgres.Identifiers.literal;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What a value is in another type, asked of PostgreSQL itself. */
final class Casts {

    private final Session session;
    private final Map<String, Ways> known = new HashMap<>();

    Casts(Session session) throws SQLException {
        this.session = session;
        session.execute("CREATE FUNCTION pg_temp.cast_or_null(value text, via text, target text) RETURNS text"
                + " LANGUAGE plpgsql AS $$ DECLARE result text; BEGIN"
                + " EXECUTE format('SELECT (%L::%s)::%s::text', value, via, target) INTO result; RETURN result;"
                + " EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$");
    }

    /**
     * How a value can be written in another type.
     *
     * @param exact by its text, and led back to the very same by it
     * @param cast by PostgreSQL's own cast, and led back to the very same by it
     * @param lossy in some way, but not the same when it is led back
     */
    record Ways(Set<String> exact, Set<String> cast, Set<String> lossy) {}

    /** Both types are those of columns; the value is as in {@link Contents}. */
    Ways of(String value, String from, String to) throws SQLException {
        String id = value + "|" + from + "|" + to;
        Ways ways = known.get(id);
        if (ways == null) {
            ways = find(value, from, to);
            known.put(id, ways);
        }
        return ways;
    }

    private Ways find(String value, String from, String to) throws SQLException {
        if (value.equals(Contents.NULL) || from.equals(to)) {
            return new Ways(Set.of(value), Set.of(), Set.of());
        }
        String text = value.substring(1);
        Set<String> lossy = new LinkedHashSet<>();
        Set<String> exact = led(text, "text", from, to, lossy);
        Set<String> cast = led(text, from, from, to, lossy);
        return new Ways(exact, cast, lossy);
    }

    private Set<String> led(String text, String via, String from, String to, Set<String> lossy) throws SQLException {
        for (String there : call(text, via, to)) {
            for (String back : call(there, via.equals("text") ? "text" : to, from)) {
                if (back.equals(text)) {
                    return Set.of("=" + there);
                }
            }
            lossy.add("=" + there);
        }
        return Set.of();
    }

    private java.util.List<String> call(String value, String via, String target) throws SQLException {
        return session.column(
                "SELECT pg_temp.cast_or_null(" + literal(value) + ", " + literal(via) + ", " + literal(target) + ")");
    }
}
