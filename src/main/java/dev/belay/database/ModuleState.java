package dev.belay.database;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far one module has come in one database.
 *
 * @param current the newest version that is applied; null when none is
 * @param latest the newest version that the project has; null when it has none
 * @param pending the files that are to be applied, in order; without those that the module's baseline counts as applied
 * @param failed applied files that are recorded as failed
 * @param mismatched applied files whose checksum is no longer that of the project's file
 * @param unknown applied versions that the project does not have
 * @param leftOut files with a version below the current one that were never applied, and would not be
 */
public record ModuleState(
        @Schema(examples = "madaris") String module,
        @Schema(examples = "1") @Nullable String current,
        @Schema(examples = "2") @Nullable String latest,

        @Schema(examples = "[\"V2__rename_member_to_student.sql\"]")
        List<String> pending,

        List<String> failed,
        List<String> mismatched,
        List<String> unknown,
        List<String> leftOut) {

    /** Whether the history and the project contradict each other, so that nothing can be applied. */
    @JsonIgnore
    public boolean isDirty() {
        return !failed.isEmpty() || !mismatched.isEmpty() || !unknown.isEmpty() || !leftOut.isEmpty();
    }

    /** The same without some of the pending files. */
    public ModuleState without(List<String> files) {
        List<String> rest =
                pending.stream().filter(file -> !files.contains(file)).toList();
        return new ModuleState(module, current, latest, rest, failed, mismatched, unknown, leftOut);
    }
}
