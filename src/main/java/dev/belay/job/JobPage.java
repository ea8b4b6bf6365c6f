package dev.belay.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some jobs, newest first.
 *
 * @param next the cursor of the following page; null on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobPage(List<JobView> items, @Nullable String next) {}
