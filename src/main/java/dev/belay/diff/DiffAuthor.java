package dev.belay.diff;

import dev.belay.backup.ProveStep;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogReader;
import dev.belay.catalog.Difference;
import dev.belay.database.DatabaseRegistry;
import dev.belay.draft.Author;
import dev.belay.draft.ColumnOrder;
import dev.belay.draft.Commission;
import dev.belay.draft.Desk;
import dev.belay.draft.Draft;
import dev.belay.draft.DraftProof;
import dev.belay.draft.Trial;
import dev.belay.problem.Problem;
import dev.belay.problem.ProblemException;
import dev.belay.review.Remark;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts what leads from the live schema to one that is wanted, and back. */
@ApplicationScoped
class DiffAuthor implements Author<DiffFields> {

    private final DatabaseRegistry databases;
    private final DesiredSchema desired;
    private final ProveStep prove;

    DiffAuthor(DatabaseRegistry databases, DesiredSchema desired, ProveStep prove) {
        this.databases = databases;
        this.desired = desired;
        this.prove = prove;
    }

    @Override
    public String kind() {
        return "diff";
    }

    @Override
    public Class<DiffFields> fields() {
        return DiffFields.class;
    }

    @Override
    public List<Problem.FieldError> faults(DiffFields fields, Commission commission) {
        String file = fields.desired().file();
        String database = fields.desired().database();
        if ((file == null) == (database == null)) {
            return List.of(new Problem.FieldError("#/desired", "must have exactly one of file and database"));
        }
        String fault = file == null
                ? fault(String.valueOf(database), commission)
                : DesiredSchema.fault(commission.folder(), file);
        return fault == null
                ? List.of()
                : List.of(new Problem.FieldError(file == null ? "#/desired/database" : "#/desired/file", fault));
    }

    private @Nullable String fault(String database, Commission commission) {
        try {
            return databases.require(database).name().equals(commission.live().name())
                    ? "is the database itself"
                    : null;
        } catch (ProblemException e) {
            return "names no managed database";
        }
    }

    @Override
    public void inspect(DiffFields fields, Commission commission) throws Exception {
        commission.requireNothingPending();
        if (fields.desired().database() != null) {
            prove.preflight(databases.require(fields.desired().database()));
        }
    }

    @Override
    public Draft write(DiffFields fields, Desk desk) throws Exception {
        DesiredSchema.Wanted wanted = desired.put(fields.desired(), desk);
        return new DiffWriter(desk, fields, wanted).write();
    }

    @Override
    public DraftProof prove(DiffFields fields, Desk desk, Draft draft) throws Exception {
        if (draft.files().isEmpty()) {
            return new DraftProof(List.of("The live schema is the desired one already."), List.of());
        }
        DesiredSchema.Wanted wanted = desired.put(fields.desired(), desk);
        Likeness likeness = new Likeness(fields.withPrivileges(), wanted.leaveOut());
        Catalog expected;
        try (Connection session = wanted.database().address().open()) {
            expected = likeness.of(CatalogReader.read(session));
        }
        List<Remark> remarks = new ArrayList<>();
        DraftProof proof = new Trial(desk).run(draft, reached -> {
            try (Connection session = reached.address().open()) {
                List<Difference> missed = expected.differences(likeness.of(CatalogReader.read(session)));
                missed.stream()
                        .filter(ColumnOrder::isAll)
                        .map(ColumnOrder::notAsDesired)
                        .forEach(remarks::add);
                return missed.stream()
                        .filter(difference -> !ColumnOrder.isAll(difference))
                        .toList();
            }
        });
        remarks.addAll(proof.remarks());
        return new DraftProof(proof.shown(), remarks, proof.review());
    }
}
