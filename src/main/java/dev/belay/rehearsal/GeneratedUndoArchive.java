package dev.belay.rehearsal;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the undo scripts that earlier rehearsals of a database have made and proven. */
@ApplicationScoped
public class GeneratedUndoArchive {

    private final JobJournal journal;

    GeneratedUndoArchive(JobJournal journal) {
        this.journal = journal;
    }

    /**
     * The module with generated undo scripts where nobody wrote one. Of two for one version the newest counts; one that was
     * made of another text of the V script does not.
     *
     * @param taken the scripts to take back
     */
    public ProjectModule complete(String database, ProjectModule module, Collection<Script> taken) {
        if (taken.stream()
                .allMatch(script -> module.undoOf(script.migrationVersion()).isPresent())) {
            return module;
        }
        List<GeneratedUndos> proven = proven(database);
        ProjectModule completed = module;
        for (Script script : taken) {
            if (completed.undoOf(script.migrationVersion()).isEmpty()) {
                Optional<GeneratedUndo> found = proven.stream()
                        .flatMap(undos -> undos.of(module.name(), script).stream())
                        .findFirst();
                if (found.isPresent()) {
                    completed = new GeneratedUndos(database, List.of(found.get()), List.of()).in(completed);
                }
            }
        }
        return completed;
    }

    /** Why the newest rehearsal of a script offers no undo; empty when none has tried. */
    public Optional<String> whyNot(String database, String module, Script script) {
        return all(database).stream()
                .filter(undos -> undos.of(module, script).isPresent())
                .findFirst()
                .filter(undos -> !undos.areProven())
                .map(undos -> String.join("; ", undos.obstacles()));
    }

    private List<GeneratedUndos> proven(String database) {
        return all(database).stream().filter(GeneratedUndos::areProven).toList();
    }

    private List<GeneratedUndos> all(String database) {
        return journal.jobsWith(GeneratedUndos.class, "database", database).stream()
                .map(journal::read)
                .sorted(Comparator.comparing(Job::created).reversed())
                .flatMap(job -> journal.evidence(job.id(), GeneratedUndos.class).stream())
                .toList();
    }
}
