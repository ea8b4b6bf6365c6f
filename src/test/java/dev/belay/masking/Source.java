package dev.belay.masking;

import dev.belay.TestDatabase;
import dev.belay.catalog.TableName;
import dev.belay.database.ProjectMasking;
import dev.belay.database.ProjectMasking.Kind;
import dev.belay.database.ProjectMasking.Rule;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.PgDump;
import dev.belay.postgres.PgRestore;
import dev.belay.postgres.PgRestore.Section;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A database, its archive, and what is asked of its masked copy. */
final class Source implements Masker.Parts {

    private final DatabaseAddress original = TestPostgres.freshDatabase();
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> waived = new TreeSet<>();
    private final Path archive;
    private DatabaseAddress copy = original;

    Source(String... statements) {
        TestPostgres.execute(original, statements);
        try {
            archive = Files.createTempDirectory("belay-masking-").resolve("archive");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PgDump.dump(TestPostgres.binaries(), original, archive, PgDump.Options.defaults(), Monitor.none());
    }

    Source rule(String table, String column, Kind kind) {
        return rule(new Rule(table, column, kind, null, null, kind == Kind.SHIFT_DATES ? 30 : 0, false, false));
    }

    Source fixed(String table, String column, String value) {
        return rule(new Rule(table, column, Kind.FIXED, value, null, 0, false, false));
    }

    Source rule(Rule rule) {
        rules.add(rule);
        return this;
    }

    Source waive(String column) {
        waived.add(column);
        return this;
    }

    MaskingReport mask() {
        return mask(table -> false);
    }

    MaskingReport mask(Predicate<TableName> notMeant) {
        copy = TestPostgres.freshDatabase();
        try {
            return new Masker(this, Monitor.none())
                    .mask(
                            TestPostgres.freshDatabase(),
                            copy,
                            new Masker.Wanted(new ProjectMasking(rules), waived, notMeant));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same work without the masking. */
    void restoreOnly() {
        structure(TestPostgres.freshDatabase());
        DatabaseAddress plain = TestPostgres.freshDatabase();
        rows(plain);
        rest(plain);
    }

    /** What the original says. */
    List<String> before(String sql) {
        return TestDatabase.askAll(original, sql);
    }

    /** What the masked copy says. */
    List<String> after(String sql) {
        return TestDatabase.askAll(copy, sql);
    }

    @Override
    public void structure(DatabaseAddress empty) {
        restore(empty, Section.PRE_DATA, Section.POST_DATA);
    }

    @Override
    public void rows(DatabaseAddress empty) {
        restore(empty, Section.PRE_DATA, Section.DATA);
    }

    @Override
    public void rest(DatabaseAddress withRows) {
        restore(withRows, Section.POST_DATA);
    }

    private void restore(DatabaseAddress into, Section... sections) {
        PgRestore.restore(
                TestPostgres.binaries(),
                archive,
                into,
                PgRestore.Options.fast().withSections(Set.of(sections)),
                Monitor.none());
    }
}
