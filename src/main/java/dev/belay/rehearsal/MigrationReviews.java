package dev.belay.rehearsal;

import dev.belay.job.Job;
import dev.belay.job.JobJournal;
import dev.belay.job.JobKind;
import dev.belay.job.Jobs;
import dev.belay.problem.ProblemType;
import dev.belay.review.Remark;
import dev.belay.review.Review;
import dev.belay.review.ReviewView;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the review report of a migration. */
@ApplicationScoped
class MigrationReviews {

    private final Jobs jobs;
    private final JobJournal journal;

    MigrationReviews(Jobs jobs, JobJournal journal) {
        this.jobs = jobs;
        this.journal = journal;
    }

    /** @throws dev.belay.problem.ProblemException NOT_FOUND when there is no such migration, or it was not rehearsed */
    ReviewView require(UUID id) {
        Job job = jobs.require(JobKind.MIGRATION, id);
        Review review = journal.evidence(id, Review.class)
                .orElseThrow(() -> ProblemType.NOT_FOUND.because("The migration " + id + " is " + job.state()
                        + " and has no review" + (job.state().isFinal() ? "" : " yet") + ". GET /migrations/" + id
                        + " says how far it is; a review is written when the scripts have run on a copy."));
        Scope scope = journal.evidence(id, Scope.class).orElseThrow();
        Optional<Rehearsal> rehearsal = journal.evidence(id, Rehearsal.class);
        return new ReviewView(
                "Migration: " + scope.shown() + " (" + job.database() + ")",
                id,
                job.database(),
                job.created(),
                rehearsal.map(MigrationReviews::proven).orElse(List.of("Forward: all scripts ran on a copy.")),
                rehearsal.map(MigrationReviews::remarks).orElse(List.of()),
                review,
                Reviewer.scripts(scope).stream()
                        .map(script -> new ReviewView.ScriptText(script.module() + "/" + script.file(), script.sql()))
                        .toList());
    }

    private static List<String> proven(Rehearsal rehearsal) {
        List<String> proven = new ArrayList<>(List.of("Forward: all scripts ran on a copy of the database."));
        if (rehearsal.reversible()) {
            proven.add("Back: the same schema and the same rows.");
            proven.add("Forward again: the same schema as the first time.");
        }
        return proven;
    }

    private static List<Remark> remarks(Rehearsal rehearsal) {
        List<Remark> remarks = new ArrayList<>();
        rehearsal.rows().losses().forEach(loss -> remarks.add(Remark.loss("", loss + ".")));
        if (!rehearsal.reversible()) {
            remarks.add(Remark.look("", "No undo is offered: " + rehearsal.whyOneWay() + "."));
        }
        return remarks;
    }
}
