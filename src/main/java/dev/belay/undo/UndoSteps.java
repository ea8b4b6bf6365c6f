package dev.belay.undo;

import dev.belay.backup.BackUpStep;
import dev.belay.backup.ProveStep;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → back up → prove → rehearse → undo → verify. */
@ApplicationScoped
public class UndoSteps {

    private final List<Step> steps;

    UndoSteps(
            InspectUndoStep inspect,
            BackUpStep backUp,
            ProveStep prove,
            RehearseUndoStep rehearse,
            UndoStep undo,
            VerifyUndoStep verify) {
        this.steps = List.of(inspect, backUp, prove, rehearse, undo, verify);
    }

    public List<Step> steps() {
        return steps;
    }
}
