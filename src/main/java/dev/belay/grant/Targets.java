package dev.belay.grant;

import dev.belay.postgres.Identifiers;
import dev.belay.problem.ProblemType;
import dev.belay.sql.Words;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The tables that a declaration names, as they are. */
final class Targets {

    private static final String FIND = "SELECT c.oid, pg_catalog.quote_ident(n.nspname) AS schema,"
            + " pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity AS secured,"
            + " EXISTS (SELECT FROM pg_catalog.aclexplode(n.nspacl) a WHERE a.grantee = 0 AND a.privilege_type = 'USAGE')"
            + " AS open,"
            + " ARRAY(SELECT pg_catalog.format('%I.%I', sn.nspname, s.relname) FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'"
            + " JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace"
            + " WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass"
            + " AND d.deptype = 'a' AND d.refobjid = c.oid ORDER BY 1) AS sequences,"
            + " ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0"
            + " AND NOT a.attisdropped) AS columns,"
            + " ARRAY(SELECT p.polname::text FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid) AS policies"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.oid = pg_catalog.to_regclass(?::text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')";

    private final Connection session;

    /**
     * A table or view.
     *
     * @param schema quoted where it has to be, as is the qualified name
     * @param secured whether row security is on
     * @param open whether everybody may look into its schema
     * @param sequences those of its columns that need a privilege of their own
     */
    record Target(
            String schema,
            String name,
            boolean secured,
            boolean open,
            List<String> sequences,
            List<String> columns,
            List<String> policies) {

        Target {
            sequences = List.copyOf(sequences);
            columns = List.copyOf(columns);
            policies = List.copyOf(policies);
        }
    }

    /** @param schemas in which names without a schema are looked for first */
    Targets(Connection session, List<String> schemas) throws SQLException {
        this.session = session;
        try (PreparedStatement path =
                session.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
            path.setString(1, schemas.stream().map(Identifiers::quote).collect(Collectors.joining(", ")));
            path.execute();
        }
    }

    /** @throws dev.belay.problem.ProblemException INVALID_REQUEST when there is no such table or view */
    Target require(String written) throws SQLException {
        String quoted = Words.name(written).stream().map(Identifiers::quote).collect(Collectors.joining("."));
        try (PreparedStatement query = session.prepareStatement(FIND)) {
            query.setString(1, quoted);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw ProblemType.INVALID_REQUEST.because(
                            "There is no table or view " + written
                                    + ", which a role in belay.yaml names. Nothing was written. Migrate first, or mend the name.");
                }
                return new Target(
                        row.getString("schema"),
                        row.getString("name"),
                        row.getBoolean("secured"),
                        row.getBoolean("open"),
                        texts(row, "sequences"),
                        texts(row, "columns"),
                        texts(row, "policies"));
            }
        }
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
