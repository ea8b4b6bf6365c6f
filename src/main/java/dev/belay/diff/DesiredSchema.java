package dev.belay.diff;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.FlywaySession;
import dev.belay.database.ManagedDatabase;
import dev.belay.draft.Commission;
import dev.belay.draft.Desk;
import dev.belay.draft.FilledViews;
import dev.belay.postgres.Extensions;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.SqlStates;
import dev.belay.problem.ProblemType;
import dev.belay.sql.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the schema that is wanted up on the scratch server. */
@ApplicationScoped
class DesiredSchema {

    private static final long LARGEST = 16L << 20;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    private final DatabaseRegistry databases;

    DesiredSchema(DatabaseRegistry databases) {
        this.databases = databases;
    }

    /**
     * A schema that was put up.
     *
     * @param leaveOut its history tables, unquoted
     */
    record Wanted(ManagedDatabase database, Set<String> leaveOut) {}

    Wanted put(DiffFields.Desired desired, Desk desk) throws Exception {
        Set<String> leaveOut = new TreeSet<>(desk.commission().histories());
        if (desired.database() != null) {
            ManagedDatabase other = databases.require(desired.database());
            leaveOut.addAll(Commission.histories(databases.project(other)));
            ManagedDatabase copy = desk.schemaOf(other, "desired");
            FilledViews.like(desk.live().address(), copy.address());
            // Everything is compared as the scripts' role of the live database will leave it.
            return new Wanted(desk.live().copyAt(copy.address()), leaveOut);
        }
        ManagedDatabase made = desk.empty("desired");
        run(
                String.valueOf(desired.file()),
                read(desk.commission().folder(), String.valueOf(desired.file())),
                made,
                desk);
        FilledViews.like(desk.live().address(), made.address());
        return new Wanted(made, leaveOut);
    }

    /** Why a file cannot be the desired schema, as the end of a sentence; null when it can. */
    static @Nullable String fault(Path project, String file) {
        try {
            Path root = project.toRealPath();
            Path found = root.resolve(file);
            if (!Files.isRegularFile(found)) {
                return "names no file below the project's folder";
            }
            if (!found.toRealPath().startsWith(root)) {
                return "lies outside the project's folder";
            }
            return Files.size(found) > LARGEST ? "is larger than " + (LARGEST >> 20) + " MiB" : null;
        } catch (InvalidPathException e) {
            return "is no path";
        } catch (IOException e) {
            return "cannot be read";
        }
    }

    private static String read(Path project, String file) throws IOException {
        String fault = fault(project, file);
        if (fault != null) {
            throw ProblemType.PREFLIGHT_REFUSED.because(
                    "The desired schema " + file + " " + fault + ". Nothing was changed.");
        }
        try {
            return Files.readString(project.toRealPath().resolve(file));
        } catch (CharacterCodingException e) {
            throw ProblemType.PREFLIGHT_REFUSED.because(
                    "The desired schema " + file + " is not UTF-8. Nothing was changed.", e);
        }
    }

    private static void run(String file, String sql, ManagedDatabase made, Desk desk) throws SQLException {
        desk.job().progress(0.3, "making the schema of " + file);
        String schema = desk.module().schema();
        List<Extensions.Extension> extensions;
        try (Connection live = desk.live().address().open()) {
            extensions = Extensions.read(live);
        }
        try (Connection session = made.address().openPlain();
                Statement statement = session.createStatement()) {
            for (String first : preparations(sql, schema, made, extensions)) {
                statement.execute(first);
            }
            statement.execute(FlywaySession.sessionSql(made, LOCK_TIMEOUT));
            statement.execute("SET search_path = " + Identifiers.quote(schema) + ", public");
            for (Statements.Statement next :
                    Statements.split(Statements.fill(sql, desk.module().placeholders()))) {
                desk.job().check();
                run(file, next, statement);
            }
        }
    }

    private static void run(String file, Statements.Statement next, Statement statement) {
        try {
            statement.setEscapeProcessing(false);
            statement.execute(next.sql());
        } catch (SQLException e) {
            throw ProblemType.SCRIPT_INVALID.because(
                    "The desired schema cannot be made in an empty database: " + file + ", line " + next.line() + ": "
                            + SqlStates.message(e) + " The statement begins: " + Statements.beginning(next.sql())
                            + ". The database itself was only read.",
                    e);
        }
    }

    /** What the file need not say: that scripts may make things, and which extensions there are. */
    private static List<String> preparations(
            String sql, String schema, ManagedDatabase made, List<Extensions.Extension> extensions) {
        String role = Identifiers.quote(made.role());
        List<String> first = new ArrayList<>(List.of(
                "GRANT CREATE ON DATABASE " + Identifiers.quote(made.address().name()) + " TO " + role,
                // Only where it has to be, so that nothing is wanted that the file does not say.
                "DO $belay$ BEGIN IF NOT pg_catalog.has_schema_privilege(" + Identifiers.literal(made.role())
                        + ", 'public', 'CREATE') THEN GRANT USAGE, CREATE ON SCHEMA public TO " + role
                        + "; END IF; END $belay$"));
        if (!schema.equals("public") && !mentions(sql, "SCHEMA", schema)) {
            first.add("CREATE SCHEMA " + Identifiers.quote(schema) + " AUTHORIZATION " + role);
        }
        List<Extensions.Extension> kept = extensions.stream()
                .filter(extension -> !mentions(sql, "EXTENSION", extension.name()))
                .toList();
        kept.stream()
                .map(Extensions.Extension::schema)
                .filter(other -> !other.equals("public") && !other.equals("pg_catalog"))
                .distinct()
                .forEach(other -> first.add("CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(other)));
        first.addAll(Extensions.statements(kept));
        return first;
    }

    private static boolean mentions(String sql, String kind, String name) {
        return Pattern.compile("(?i)\\bCREATE\\s+" + kind + "\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:" + Pattern.quote(name)
                        + "\\b|" + Pattern.quote(Identifiers.quote(name)) + ")")
                .matcher(sql)
                .find();
    }
}
