package dev.belay.rehearsal;

import dev.belay.database.Script;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.Jobs;
import dev.belay.problem.ProblemType;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds what takes a migration's versions back, written or generated. */
@ApplicationScoped
class UndoScripts {

    private final Jobs jobs;
    private final JobJournal journal;

    UndoScripts(Jobs jobs, JobJournal journal) {
        this.jobs = jobs;
        this.journal = journal;
    }

    /** @throws dev.belay.problem.ProblemException NOT_FOUND when there is no such migration, or it is not rehearsed */
    List<UndoScriptView> list(UUID migration) {
        Job job = jobs.require(JobKind.MIGRATION, migration);
        Rehearsal rehearsal = journal.evidence(migration, Rehearsal.class)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The migration " + migration + " is " + job.state()
                        + " and was not rehearsed" + (job.state().isFinal() ? "" : " yet")
                        + ", so there are no undo scripts of it. GET /migrations/" + migration
                        + " says how far it is."));
        Optional<GeneratedUndos> generated = journal.evidence(migration, GeneratedUndos.class);
        List<UndoScriptView> views = new ArrayList<>();
        for (Scope.Part part : scope(migration).parts()) {
            part.module().of(Script.Kind.VERSIONED).stream()
                    .filter(script -> part.files().contains(script.file()))
                    .map(script -> view(migration, part, script, rehearsal, generated))
                    .forEach(views::add);
        }
        return views;
    }

    private static UndoScriptView view(
            UUID migration, Scope.Part part, Script script, Rehearsal rehearsal, Optional<GeneratedUndos> generated) {
        String module = part.module().name();
        Optional<GeneratedUndo> made = generated.flatMap(undos -> undos.of(module, script));
        Optional<String> written =
                part.module().undoOf(script.migrationVersion()).map(Script::file);
        String file = written.or(() -> made.map(GeneratedUndo::file)).orElse(null);
        UndoScriptView.Origin origin = null;
        if (file != null) {
            origin = written.isPresent() ? UndoScriptView.Origin.WRITTEN : UndoScriptView.Origin.GENERATED;
        }
        List<String> own = made.map(GeneratedUndo::obstacles).orElse(List.of());
        return new UndoScriptView(
                module,
                String.valueOf(script.version()),
                script.file(),
                file,
                origin,
                rehearsal.reversible(),
                own.isEmpty() && !rehearsal.reversible() ? List.of(rehearsal.whyOneWay()) : own,
                made.map(GeneratedUndo::statements).orElse(List.of()),
                file == null ? null : "/migrations/" + migration + "/undo/" + module + "/" + file);
    }

    /** @throws dev.belay.problem.ProblemException NOT_FOUND when there is no such script */
    String sql(UUID migration, String module, String file) {
        boolean isKnown =
                list(migration).stream().anyMatch(view -> view.module().equals(module) && file.equals(view.file()));
        Optional<String> generated = journal.evidence(migration, GeneratedUndos.class).stream()
                .flatMap(undos -> undos.undos().stream())
                .filter(undo -> undo.module().equals(module) && undo.file().equals(file))
                .map(GeneratedUndo::sql)
                .findFirst();
        return Optional.of(isKnown)
                .filter(known -> known)
                .flatMap(known -> generated.or(() -> written(migration, module, file)))
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The migration " + migration
                        + " has no undo script " + module + "/" + file + ". GET /migrations/" + migration
                        + "/undo lists those that it has."));
    }

    private Optional<String> written(UUID migration, String module, String file) {
        return scope(migration).modules().stream()
                .filter(one -> one.name().equals(module))
                .flatMap(one -> one.scripts().stream())
                .filter(script -> script.file().equals(file))
                .map(Script::sql)
                .findFirst();
    }

    private Scope scope(UUID migration) {
        return journal.evidence(migration, Scope.class).orElseThrow();
    }
}
