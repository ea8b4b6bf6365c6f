package dev.belay.trail;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What to look for in the trail; null does not restrict.
 *
 * @param method such as POST
 * @param path how it begins, such as /migrations
 * @param status of the answer
 * @param since an instant, such as 2026-01-31T12:00:00Z
 * @param until likewise
 * @param after only entries with a greater number
 */
public record TrailQuery(
        @QueryParam("caller") @Size(max = 200) @Nullable String caller,
        @QueryParam("database") @Size(max = 63) @Nullable String database,
        @QueryParam("method") @Size(max = 20) @Nullable String method,

        @QueryParam("path")
        @Size(max = 1000)
        @Parameter(description = "Only what was sent to a path that begins so", example = "/migrations")
        @Nullable
        String path,

        @QueryParam("status") @Nullable Integer status,
        @QueryParam("since") @Size(max = 40) @Nullable String since,
        @QueryParam("until") @Size(max = 40) @Nullable String until,
        @QueryParam("after") @DefaultValue("0") @Min(0) long after,

        @QueryParam("limit") @DefaultValue("200") @Min(1) @Max(1000)
        int limit) {}
