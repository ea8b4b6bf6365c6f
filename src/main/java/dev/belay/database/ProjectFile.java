package dev.belay.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belay.yaml says, before anything in it is checked. */
record ProjectFile(
        @Nullable String project,
        @Nullable List<@Nullable ModuleEntry> modules,
        @Nullable List<@Nullable FilterEntry> filters,
        @Nullable List<@Nullable CheckEntry> checks,
        @Nullable List<@Nullable SampleEntry> samples,
        @Nullable List<RolesFile.@Nullable GroupEntry> roles,
        RolesFile.@Nullable AuthEntry auth,
        RolesFile.@Nullable SuperuserEntry superuser,
        @Nullable List<@Nullable MaskingEntry> masking,
        @Nullable String timeout) {

    /** A module; every part but the name has a default. */
    record ModuleEntry(
            @Nullable String name,
            @Nullable String path,
            @JsonProperty("dependsOn") @Nullable List<String> dependsOn,
            @Nullable String schema,
            @Nullable String history,
            @Nullable String baseline,
            @Nullable Map<String, String> placeholders) {}

    /** A filter under which rows are counted. */
    record FilterEntry(
            @Nullable String name,
            @Nullable String table,
            @Nullable String where) {}

    /** A check: exactly one of the questions, with what belongs to it. */
    record CheckEntry(
            @Nullable String name,
            @Nullable String sql,
            @JsonProperty("noRows") @Nullable String noRows,
            @Nullable String http,
            @Nullable Integer status,
            @Nullable String refused,
            @JsonProperty("sqlState") @Nullable String sqlState,
            @Nullable String constraint,
            @Nullable String readable,
            @Nullable String login,
            @Nullable String applied,
            @JsonProperty("atAcceptance") @Nullable Boolean atAcceptance,
            @Nullable String module,
            @Nullable String from) {}

    /** Rows that are made and taken back. */
    record SampleEntry(
            @Nullable String name,
            @Nullable String sql,
            @Nullable String module,
            @Nullable String from) {}

    /** What becomes of a column in a masked copy. The rule is a node, because to YAML the word null is no word. */
    record MaskingEntry(
            @Nullable String table,
            @Nullable String column,
            @Nullable JsonNode rule,
            @Nullable String value,
            @Nullable String part,
            @Nullable Integer days,
            @Nullable String per,
            @Nullable Boolean optional) {}
}
