package dev.belay.squash;

import dev.belay.backup.GoldenCopies;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Difference;
import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.catalog.TableHash;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ProjectModule;
import dev.belay.draft.Chain;
import dev.belay.draft.Desk;
import dev.belay.draft.DraftProof;
import dev.belay.problem.ProblemType;
import dev.belay.review.Remark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Runs the old scripts and the new ones, each from an empty database, and compares everything that comes of them. */
final class SquashProof {

    private static final int SESSIONS = 2;

    private final Desk desk;
    private final List<String> shown = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();

    SquashProof(Desk desk) {
        this.desk = desk;
    }

    /** @param modules with the new scripts, in their order */
    DraftProof run(List<ProjectModule> modules) throws Exception {
        ManagedDatabase old = made(desk.project().modules(), "before");
        ManagedDatabase fresh = made(modules, "after");
        Fingerprint expected = fingerprint(old);
        List<Difference> differences = expected.differences(fingerprint(fresh));
        List<Difference> schema = differences.stream()
                .filter(difference -> !difference.type().equals("rows"))
                .toList();
        require(schema);
        shown.add(
                "The old scripts and the new ones, each run from an empty database, lead to one schema, object by object"
                        + " (" + expected.catalog().objects().size()
                        + " objects), and every sequence stands where it stood.");
        rows(differences, expected, fresh);
        live(catalog(old));
        return new DraftProof(shown, remarks);
    }

    private ManagedDatabase made(List<ProjectModule> modules, String word) throws Exception {
        Chain chain = Chain.in(desk.empty(word), desk.job());
        for (ProjectModule module : modules) {
            chain.run(module);
        }
        return chain.database();
    }

    /** Values that come out otherwise each time are told by running the old scripts once more. */
    private void rows(List<Difference> differences, Fingerprint expected, ManagedDatabase fresh) throws Exception {
        List<Difference> rows = differences.stream()
                .filter(difference -> difference.type().equals("rows"))
                .toList();
        if (!rows.isEmpty()) {
            Set<String> restless = new HashSet<>();
            expected.differences(fingerprint(made(desk.project().modules(), "again")))
                    .forEach(difference -> restless.add(difference.object()));
            Fingerprint found = fingerprint(fresh);
            require(rows.stream()
                    .filter(difference -> !restless.contains(difference.object())
                            || isOtherCount(expected, found, difference.object()))
                    .toList());
            rows.forEach(difference -> remarks.add(Remark.note(
                    difference.object(),
                    "The old scripts put other values into it each time they run, so its rows were only counted.")));
        }
        shown.add(
                rows.isEmpty()
                        ? "The rows that scripts put in are equal, table by table (" + expected.rows() + " rows)."
                        : "The rows that scripts put in are equal, but for values that are others each time; those were counted.");
    }

    private static boolean isOtherCount(Fingerprint expected, Fingerprint found, String table) {
        TableHash was = expected.tables().get(table);
        TableHash is = found.tables().get(table);
        return was == null || is == null || was.rows() != is.rows();
    }

    private void live(Catalog expected) throws SQLException {
        List<Difference> differences = Schema.bare(expected)
                .differences(Schema.bare(desk.commission().comparison().of(Schema.read(desk.live()))));
        if (differences.isEmpty()) {
            shown.add("The live schema is that schema too, owners and privileges aside: it can be re-labelled.");
        } else {
            remarks.add(Remark.look(
                    "",
                    "The live schema is not the one that its own scripts lead to, so it could not be re-labelled: "
                            + GoldenCopies.shown(differences)));
        }
    }

    private Catalog catalog(ManagedDatabase database) throws SQLException {
        try (Connection session = database.address().open()) {
            return desk.commission().comparison().of(CatalogReader.read(session));
        }
    }

    private Fingerprint fingerprint(ManagedDatabase database) {
        Fingerprint all = Fingerprinter.take(database.address(), null, SESSIONS, desk.job());
        Fingerprint counted = desk.commission().comparison().of(all);
        return new Fingerprint(
                counted.serverMajor(), counted.catalog(), counted.tables(), all.sequences(), counted.largeObjects());
    }

    private static void require(List<Difference> none) {
        if (!none.isEmpty()) {
            throw ProblemType.DRAFT_NOT_PROVEN.because(
                    "The draft is not offered: from an empty database the new scripts do not lead where the old ones lead: "
                            + GoldenCopies.shown(none) + " The database itself was only read.");
        }
    }
}
