package dev.belay.byhand;

import static dev.belay.postgres.Identifiers.literal;

import dev.belay.backup.Manifest;
import dev.belay.catalog.CatalogObject;
import dev.belay.catalog.TableHash;
import dev.belay.database.ManagedDatabase;
import dev.belay.postgres.Extensions;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.ServerAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The way back by the archive: restore.sh, with what it checks and makes before and after pg_restore. */
record RestoreScript(ManagedDatabase database, Manifest manifest, UUID job) {

    static final String NAME = "restore.sh";

    /** As a restore through Belay names them. */
    private static final int LONGEST_STEM = 30;

    private static final String ROWS = """
            CREATE TEMPORARY TABLE belay_found AS
            SELECT c.oid::regclass::text AS identity, 0::bigint AS rows
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema';

            DO $belay$
            DECLARE
                next text;
                wrong text;
            BEGIN
                FOR next IN SELECT identity FROM belay_found LOOP
                    EXECUTE 'UPDATE belay_found SET rows = (SELECT count(*) FROM ONLY ' || next || ') WHERE identity = $1' USING next;
                END LOOP;
                SELECT string_agg(format('%s has %s rows instead of %s', identity, coalesce(f.rows::text, 'no table and no'),
                                         coalesce(e.rows::text, 'none and no table')), '; ' ORDER BY identity)
                INTO wrong
                FROM belay_expected e FULL JOIN belay_found f USING (identity)
                WHERE e.rows IS DISTINCT FROM f.rows;
                IF wrong IS NOT NULL THEN
                    RAISE EXCEPTION '%', wrong;
                END IF;
            END
            $belay$;
            """;

    /** @param sums the SHA-256 of every file of the archive, by its name */
    Map<String, String> files(Map<String, String> sums) {
        return Map.of(
                NAME,
                script(sums.size()),
                "SHA256SUMS",
                sums.entrySet().stream()
                        .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                        .sorted()
                        .collect(Collectors.joining()),
                "extensions.sql",
                "-- The versions that were backed up; pg_dump itself does not say them.\n"
                        + Extensions.statements(manifest.extensions()).stream()
                                .map(sql -> sql + ";\n")
                                .collect(Collectors.joining()),
                "rows.sql",
                rows());
    }

    private String script(int files) {
        ServerAddress server = database.address().server();
        return Template.load(NAME)
                .text("job", job.toString())
                .text("major", String.valueOf(manifest.toolMajor()))
                .word("host", server.host())
                .word("port", String.valueOf(server.port()))
                .word("user", server.user())
                .word("sslmode", server.tls().mode())
                .word("maintenance", server.maintenanceDatabase())
                .word("live", database.address().name())
                .word("stem", Identifiers.shortened(database.address().name(), LONGEST_STEM))
                .word("archive", manifest.id().toString())
                .text("files", String.valueOf(files))
                .word("created", manifest.created().toString())
                .text("shape", literal(manifest.shape().clauses()))
                .filled();
    }

    /** Materialised views are left out: a restore fills them anew. */
    private String rows() {
        Set<String> views = manifest.fingerprint().catalog().objects().stream()
                .filter(object -> object.type().equals("materialized view"))
                .map(CatalogObject::identity)
                .collect(Collectors.toSet());
        List<String> inserts = manifest.fingerprint().tables().entrySet().stream()
                .filter(table -> !views.contains(table.getKey()))
                .map(table -> insert(table.getKey(), table.getValue()))
                .toList();
        return "-- The tables that were backed up, with how many rows each had.\n\\set ON_ERROR_STOP on\n"
                + "SET search_path = '';\nSET row_security = off;\n"
                + "CREATE TEMPORARY TABLE belay_expected (identity text, rows bigint);\n"
                + String.join("", inserts) + "\n" + ROWS;
    }

    private static String insert(String identity, TableHash rows) {
        return "INSERT INTO belay_expected VALUES (" + literal(identity) + ", " + rows.rows() + ");\n";
    }
}
