package dev.belay.database;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belay.yaml says of roles, before anything in it is checked. */
final class RolesFile {

    private RolesFile() {}

    record GroupEntry(
            @Nullable String name,
            @Nullable String role,
            @Nullable List<@Nullable String> permissions,
            @Nullable List<@Nullable GrantEntry> grants,
            @Nullable List<@Nullable PolicyEntry> policies,
            @Nullable String given,
            @Nullable List<@Nullable String> may,
            @JsonProperty("mayNot") @Nullable List<@Nullable String> mayNot) {}

    record GrantEntry(
            @Nullable List<@Nullable String> tables,
            @Nullable List<@Nullable String> privileges,
            @Nullable List<@Nullable String> columns) {}

    record PolicyEntry(
            @Nullable String name,
            @Nullable String table,
            @Nullable String command,
            @Nullable String using,
            @Nullable String check) {}

    record AuthEntry(
            @Nullable Boolean groups,
            @Nullable String schema,
            @Nullable Map<String, String> tables,
            @Nullable Map<String, Map<String, String>> columns) {}

    record SuperuserEntry(
            @Nullable String username,
            @Nullable String email,
            @JsonProperty("passwordFrom") @Nullable String passwordFrom,
            @Nullable Integer iterations) {}
}
