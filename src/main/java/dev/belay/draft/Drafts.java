package dev.belay.draft;

import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.Jobs;
import dev.belay.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Finds drafts that were proven. */
@ApplicationScoped
class Drafts {

    private final Jobs jobs;
    private final JobJournal journal;

    Drafts(Jobs jobs, JobJournal journal) {
        this.jobs = jobs;
        this.journal = journal;
    }

    /** @throws dev.belay.problem.ProblemException NOT_FOUND when there is no such draft, or it is not proven */
    Offer require(UUID id) {
        Job job = jobs.require(JobKind.DRAFT, id);
        return journal.evidence(id, Offer.class)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The draft " + id + " is " + job.state()
                        + " and has no files" + (job.state().isFinal() ? "" : " yet") + ". GET /drafts/" + id
                        + " says how far it is; files are offered once they are proven."));
    }

    /** One file's content. */
    String content(UUID id, String path) {
        Offer offer = require(id);
        return offer.files().stream()
                .filter(file -> file.path().equals(path))
                .map(DraftFile::content)
                .findFirst()
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The draft " + id + " has no such file; it has "
                        + offer.files().stream().map(DraftFile::path).toList() + "."));
    }
}
