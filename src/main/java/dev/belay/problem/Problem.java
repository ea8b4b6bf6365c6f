package dev.belay.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A problem in the shape of RFC 9457, as an HTTP answer and as what a failed job tells.
 *
 * @param type a stable URI reference that names the kind of problem
 * @param detail what happened, what it means for the data, what to do next
 * @param errors which parts of the input are at fault; empty when the input is not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }

    /**
     * One fault in the input.
     *
     * @param pointer a JSON pointer (RFC 6901) into the body as a URI fragment, or the name of a parameter
     */
    public record FieldError(String pointer, String detail) {}
}
