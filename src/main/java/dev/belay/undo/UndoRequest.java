package dev.belay.undo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an undo needs of a rollback's request. */
@JsonIgnoreProperties(ignoreUnknown = true)
record UndoRequest(@Nullable Map<String, String> to, boolean dryRun) {

    Map<String, String> targets() {
        return Objects.requireNonNullElse(to, Map.of());
    }
}
