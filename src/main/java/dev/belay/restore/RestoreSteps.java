package dev.belay.restore;

import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** inspect → restore → salvage → swap → verify. */
@ApplicationScoped
public class RestoreSteps {

    private final List<Step> steps;

    RestoreSteps(
            InspectRestoreStep inspect,
            RestoreStep restore,
            SalvageStep salvage,
            SwapStep swap,
            VerifyRestoreStep verify) {
        this.steps = List.of(inspect, restore, salvage, swap, verify);
    }

    public List<Step> steps() {
        return steps;
    }
}
