package dev.belay.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belay.yaml says, before anything in it is checked. */
record ProjectFile(@Nullable String project, @Nullable List<@Nullable ModuleEntry> modules) {

    /** A module; every part but the name has a default. */
    record ModuleEntry(
            @Nullable String name,
            @Nullable String path,
            @JsonProperty("dependsOn") @Nullable List<String> dependsOn,
            @Nullable String schema,
            @Nullable String history,
            @Nullable String baseline,
            @Nullable Map<String, String> placeholders) {}
}
