package dev.belay.plan;

import dev.belay.backup.Sha256;
import dev.belay.database.DatabaseRegistry;
import dev.belay.policy.RiskLevel;
import dev.belay.rehearsal.Rehearsal;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import dev.belay.scope.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Seals what was rehearsed, so that somebody can approve exactly that. */
@ApplicationScoped
public class PlanStep implements Step {

    private final DatabaseRegistry databases;
    private final Clock clock;

    PlanStep(DatabaseRegistry databases, Clock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public void run(JobContext job) throws Exception {
        Rehearsal rehearsal = job.need(Rehearsal.class);
        Basis basis = Basis.of(databases.require(job.database()), job.need(Scope.class));
        String content = basis.digest() + " " + rehearsal.forwardMillis() + " " + rehearsal.backMillis();
        String digest = Sha256.of(content.getBytes(StandardCharsets.UTF_8));
        job.keep(new PlanSeal(digest, clock.instant(), RiskLevel.LOW, rehearsal.forwardMillis(), basis));
        job.result("planDigest", digest);
        job.detail("sealed as " + digest);
    }
}
