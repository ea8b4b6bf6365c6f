package dev.belay.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.List;

/** What bean validation found, by where the client put it. */
final class ViolationFaults {

    private ViolationFaults() {}

    static Problem explain(ConstraintViolationException e) {
        List<Problem.FieldError> errors = e.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(pointer(violation), violation.getMessage()))
                .sorted((left, right) -> left.pointer().compareTo(right.pointer()))
                .toList();
        return new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        "The request breaks the rules that errors lists. Nothing was done. Mend it, then send it again.",
                        errors,
                        null)
                .problem();
    }

    /** The first two nodes are the method and its parameter, of which the client sees nothing: the body is its root. */
    private static String pointer(ConstraintViolation<?> violation) {
        StringBuilder pointer = new StringBuilder("#");
        for (Path.Node node : nodes(violation)) {
            if (node.getKind() != ElementKind.METHOD && node.getKind() != ElementKind.PARAMETER) {
                if (node.getIndex() != null) {
                    pointer.append('/').append(node.getIndex());
                }
                if (node.getKey() != null) {
                    pointer.append('/').append(node.getKey());
                }
                if (node.getKind() == ElementKind.PROPERTY) {
                    pointer.append('/').append(node.getName());
                }
            }
        }
        return pointer.toString();
    }

    private static List<Path.Node> nodes(ConstraintViolation<?> violation) {
        List<Path.Node> nodes = new ArrayList<>();
        violation.getPropertyPath().forEach(nodes::add);
        return nodes;
    }
}
