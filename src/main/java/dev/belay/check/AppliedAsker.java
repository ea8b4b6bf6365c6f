package dev.belay.check;

import dev.belay.check.Checker.Answer;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.ModuleState;
import dev.belay.database.Project;
import dev.belay.database.SchemaInspector;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the history tables with the project: nothing pending, nothing failed, nothing that contradicts. */
final class AppliedAsker {

    private AppliedAsker() {}

    /** @param module one of the project's, or {@code all} */
    static Answer ask(ManagedDatabase database, Project project, String module) throws SQLException, IOException {
        List<String> faults = new ArrayList<>();
        int modules = 0;
        for (ModuleState state : SchemaInspector.inspect(database, project)) {
            if (module.equals("all") || module.equals(state.module())) {
                modules++;
                if (!state.pending().isEmpty()) {
                    faults.add(state.module() + " has pending " + state.pending());
                }
                if (state.isDirty()) {
                    faults.add("the history of " + state.module() + " contradicts its scripts");
                }
            }
        }
        return faults.isEmpty()
                ? Answer.passed("nothing is pending in " + modules + " modules")
                : Answer.failed("all scripts have to be applied, but " + String.join(", ", faults));
    }
}
