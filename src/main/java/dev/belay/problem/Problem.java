package dev.belay.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem in the shape of RFC 9457, as an HTTP answer and as what a failed job tells.
 *
 * @param type a stable URI reference that names the kind of problem
 * @param detail what happened, what it means for the data, what to do next
 * @param errors which parts of the input are at fault; empty when the input is not
 * @param traceId under which the log has more about the request; null for what a failed job tells
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "What went wrong (RFC 9457)")
public record Problem(
        @Schema(required = true, examples = "urn:belay:problem:not-found")
        String type,

        @Schema(required = true, examples = "There is no such thing")
        String title,

        @Schema(required = true, examples = "404") int status,

        @Schema(
                required = true,
                examples =
                        "No database is configured under the name \"atlantis\". GET /databases lists those there are.")
        String detail,

        @Schema(description = "Which parts of the input are at fault")
        List<FieldError> errors,

        @Schema(
                description = "Under which the log has more about the request",
                examples = "4bf92f3577b34da6a3ce929d0e0e4736")
        @Nullable
        String traceId) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /** The same, told in the answer to a request. */
    public Problem tracedAs(@Nullable String trace) {
        return new Problem(type, title, status, detail, errors, trace);
    }

    /**
     * One fault in the input.
     *
     * @param pointer a JSON pointer (RFC 6901) into the body as a URI fragment, or the name of a parameter
     */
    public record FieldError(
            @Schema(examples = "#/database") String pointer,
            @Schema(examples = "must not be blank") String detail) {}
}
