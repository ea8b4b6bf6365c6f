package dev.belay.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one exception Belay throws for what it expects to go wrong; its message is the problem's detail. */
public class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final transient List<Problem.FieldError> errors;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    public ProblemException(ProblemType type, String detail, @Nullable Throwable cause) {
        this(type, detail, List.of(), cause);
    }

    public ProblemException(
            ProblemType type, String detail, List<Problem.FieldError> errors, @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    public ProblemType type() {
        return type;
    }

    public Problem problem() {
        return new Problem(type.uri(), type.title(), type.status(), String.valueOf(getMessage()), errors, null);
    }
}
