package dev.belay.sims;

import dev.belay.stage.JobSeen;
import dev.belay.stage.Jobs;
import dev.belay.stage.Narrator;
import dev.belay.stage.Stage;

/** What every part plays on, and the people in it. */
record Scene(Stage stage, Campus campus, Release release) {

    Narrator narrator() {
        return stage.narrator();
    }

    Jobs jobs() {
        return stage.jobs();
    }

    /** Checks which steps of a job succeeded, and what it did to the database. */
    void check(JobSeen job, String steps, String databaseState) {
        narrator().check("The steps that succeeded", steps, job.succeeded());
        narrator().check("What became of the database", databaseState, job.databaseState());
    }
}
