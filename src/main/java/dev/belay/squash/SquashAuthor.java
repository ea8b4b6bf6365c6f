package dev.belay.squash;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.draft.Author;
import dev.belay.draft.Chain;
import dev.belay.draft.Commission;
import dev.belay.draft.Desk;
import dev.belay.draft.Draft;
import dev.belay.draft.DraftFile;
import dev.belay.draft.DraftProof;
import dev.belay.problem.Problem;
import dev.belay.review.Remark;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;

/** Drafts of the kind {@code squash}. */
@ApplicationScoped
class SquashAuthor implements Author<SquashAuthor.Fields> {

    private static final String VERSION = "1";

    /** What such a request has besides what all have. */
    record Fields(@NotEmpty @Size(max = 200) List<@NotBlank @Size(max = 40) String> modules) {}

    @Override
    public String kind() {
        return "squash";
    }

    @Override
    public Class<Fields> fields() {
        return Fields.class;
    }

    @Override
    public boolean isForOneModule() {
        return false;
    }

    @Override
    public List<Problem.FieldError> faults(Fields fields, Commission commission) {
        List<String> known =
                commission.project().modules().stream().map(ProjectModule::name).toList();
        List<Problem.FieldError> faults = new ArrayList<>();
        for (int i = 0; i < fields.modules().size(); i++) {
            String name = fields.modules().get(i);
            String pointer = "#/modules/" + i;
            if (!known.contains(name)) {
                faults.add(new Problem.FieldError(pointer, "must be one of " + known));
            } else if (fields.modules().indexOf(name) < i) {
                faults.add(new Problem.FieldError(pointer, "is named twice"));
            } else {
                fault(commission.project().module(name), pointer, faults);
            }
        }
        return faults;
    }

    private static void fault(ProjectModule module, String pointer, List<Problem.FieldError> faults) {
        if (module.of(Script.Kind.VERSIONED).size() < 2) {
            faults.add(new Problem.FieldError(pointer, "has fewer than two versions, so there is nothing to squash"));
        }
        String baseline = module.baseline();
        if (baseline != null && MigrationVersion.fromVersion(baseline).isAtLeast(VERSION)) {
            faults.add(new Problem.FieldError(
                    pointer, "begins at the baseline " + baseline + ", which would leave the new version out"));
        }
    }

    @Override
    public Draft write(Fields fields, Desk desk) throws Exception {
        Chain old = Chain.in(desk.empty("old"), desk.job());
        Chain fresh = Chain.in(desk.empty("new"), desk.job());
        Squasher squasher = new Squasher(old, fresh, desk.commission().histories());
        List<DraftFile> files = new ArrayList<>();
        List<Remark> remarks = new ArrayList<>();
        for (ProjectModule module : desk.project().modules()) {
            if (!fields.modules().contains(module.name())) {
                old.run(module);
                fresh.run(module);
                continue;
            }
            ReferenceRows rows = squasher.look(module);
            old.run(Chain.with(module, script -> script.kind() == Script.Kind.VERSIONED));
            DraftFile file = file(desk, module, squasher.squash(module, rows, remarks));
            files.add(file);
            fresh.run(squashed(module, file));
            old.run(module);
            remarks.add(toReplace(desk, module, file));
        }
        remarks.add(Remark.note(
                "",
                "The files are for databases that are still to be made. One that has the old history is re-labelled by POST"
                        + " /relabels once the project has these files: nothing of its schema changes."));
        return new Draft(files, remarks);
    }

    private static DraftFile file(Desk desk, ProjectModule module, String sql) {
        String name = Objects.requireNonNullElse(desk.commission().request().name(), "squashed");
        String words = name.strip().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        return new DraftFile(
                desk.path(module, "V" + VERSION + "__" + (words.isEmpty() ? "squashed" : words) + ".sql"),
                sql,
                module.name(),
                Script.Kind.VERSIONED,
                VERSION);
    }

    /** Repeatable scripts stay as they are. */
    private static ProjectModule squashed(ProjectModule module, DraftFile file) {
        return Chain.with(
                module,
                Stream.concat(file.script().stream(), module.of(Script.Kind.REPEATABLE).stream())
                        .toList());
    }

    private static Remark toReplace(Desk desk, ProjectModule module, DraftFile file) {
        String gone = module.scripts().stream()
                .filter(script -> script.kind() != Script.Kind.REPEATABLE)
                .map(script -> desk.path(module, script.file()))
                .collect(Collectors.joining(", "));
        return Remark.look(
                module.name(), file.path() + " replaces " + gone + ": take those out of the project with it.");
    }

    @Override
    public DraftProof prove(Fields fields, Desk desk, Draft draft) throws Exception {
        List<ProjectModule> modules = new ArrayList<>();
        for (ProjectModule module : desk.project().modules()) {
            modules.add(draft.files().stream()
                    .filter(file -> module.name().equals(file.module()))
                    .findFirst()
                    .map(file -> squashed(module, file))
                    .orElse(module));
        }
        return new SquashProof(desk).run(modules);
    }
}
