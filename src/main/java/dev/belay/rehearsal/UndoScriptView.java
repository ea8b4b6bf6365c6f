package dev.belay.rehearsal;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.belay.reversal.UndoStatement;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What takes one version of a migration back.
 *
 * @param migrates the script that applies the version
 * @param file the undo script; null when there is none
 * @param origin null when there is none
 * @param proven whether it led back to the same schema and the same rows on a copy: only then is it offered
 * @param obstacles why it is not offered
 * @param statements of a generated script, each with its mark
 * @param script where the script itself is; null when there is none
 */
@Schema(name = "UndoScript")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UndoScriptView(
        String module,
        String version,
        String migrates,
        @Nullable String file,
        @Nullable Origin origin,
        boolean proven,
        List<String> obstacles,
        List<UndoStatement> statements,
        @Nullable String script) {

    /** Who made it. */
    @Schema(name = "UndoScriptOrigin")
    public enum Origin {
        WRITTEN,
        GENERATED
    }
}
