package dev.belay.rename;

import dev.belay.postgres.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is around a table: who points at it, who reads it, and who only has its name in a text. */
final class Around {

    private static final String KEYS = "SELECT x.conrelid, ARRAY(SELECT a.attname::text"
            + " FROM unnest(x.conkey) WITH ORDINALITY k (num, place) JOIN pg_catalog.pg_attribute a"
            + " ON a.attrelid = x.conrelid AND a.attnum = k.num ORDER BY k.place) AS columns"
            + " FROM pg_catalog.pg_constraint x WHERE x.contype = 'f' AND x.confrelid = ?::oid AND x.conparentid = 0"
            + " ORDER BY x.conrelid::regclass::text, x.conname";
    private static final String VIEWS = "SELECT DISTINCT w.ev_class::regclass::text FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass"
            + " AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = ?::oid AND w.ev_class <> d.refobjid"
            + " ORDER BY 1";
    private static final String PARTITIONS = "SELECT i.inhrelid::regclass::text FROM pg_catalog.pg_inherits i"
            + " WHERE i.inhparent = ?::oid ORDER BY 1";
    private static final String PUBLICATIONS = "SELECT DISTINCT p.pubname::text FROM pg_catalog.pg_publication p"
            + " JOIN LATERAL pg_catalog.pg_get_publication_tables(p.pubname) t ON t.relid = ?::oid ORDER BY 1";
    private static final String FUNCTIONS = "SELECT p.oid::regprocedure::text, p.prosrc FROM pg_catalog.pg_proc p"
            + " JOIN pg_catalog.pg_language l ON l.oid = p.prolang JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
            + " WHERE l.lanname NOT IN ('c', 'internal') AND p.prosqlbody IS NULL"
            + " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_proc'::regclass"
            + " AND e.objid = p.oid AND e.deptype = 'e') ORDER BY 1";
    private static final String TRIGGERS = "SELECT DISTINCT g.tgfoid::regprocedure::text, p.prosrc"
            + " FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_proc p ON p.oid = g.tgfoid"
            + " WHERE g.tgrelid = ?::oid AND NOT g.tgisinternal ORDER BY 1";

    private final Connection session;

    /** With an empty search path, so that names come out qualified. */
    Around(Connection session) {
        this.session = session;
    }

    List<Referencing> keysTo(long table) throws SQLException {
        List<Referencing> found = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(KEYS)) {
            query.setLong(1, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(new Referencing(row.getLong(1), TableReader.texts(row, "columns")));
                }
            }
        }
        return found;
    }

    List<String> views(long relation) throws SQLException {
        return names(VIEWS, relation);
    }

    List<String> partitions(long table) throws SQLException {
        return names(PARTITIONS, table);
    }

    List<String> publications(long table) throws SQLException {
        return names(PUBLICATIONS, table);
    }

    /** Functions that have a name as a word in their text, be it meant or not. */
    List<String> functionsNaming(String name) throws SQLException {
        return naming(FUNCTIONS, 0, name);
    }

    /** The same of the functions that are triggers of a table. */
    List<String> triggersNaming(long table, String name) throws SQLException {
        return naming(TRIGGERS, table, name);
    }

    private List<String> naming(String sql, long table, String name) throws SQLException {
        Pattern word = Pattern.compile(
                "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_$])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        Pattern quoted = Pattern.compile(Pattern.quote(Identifiers.quote(name)));
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(sql)) {
            if (table != 0) {
                query.setLong(1, table);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String text = row.getString(2);
                    if (word.matcher(text).find() || quoted.matcher(text).find()) {
                        found.add(row.getString(1));
                    }
                }
            }
        }
        return found;
    }

    private List<String> names(String sql, long table) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = session.prepareStatement(sql)) {
            query.setLong(1, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return found;
    }
}
