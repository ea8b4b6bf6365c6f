package dev.belay.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what is wrong with a body without the parser's words, which name Java classes. */
public final class JsonFaults {

    private JsonFaults() {}

    /** What is wrong with a document and where, as the end of a sentence; for files, of which a person sees the lines. */
    public static String describe(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ": ";
        return e instanceof MismatchedInputException mismatch
                ? where + pointer(mismatch).substring(1) + " " + fault(mismatch)
                : where + e.getOriginalMessage();
    }

    static Problem explain(JsonProcessingException e) {
        if (!(e instanceof MismatchedInputException mismatch)
                || mismatch.getPath().isEmpty()) {
            JsonLocation at = e.getLocation();
            String where = at == null || at.getLineNr() < 1
                    ? ""
                    : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            String what = e instanceof MismatchedInputException
                    ? "The body is not the JSON object that this path takes."
                    : "The body is not JSON that can be read" + where + ", or it is nested too deeply or has"
                            + " too many or too long parts.";
            return invalid(what, "#", "is not a readable JSON object");
        }
        return invalid("A field of the body is not what it has to be.", pointer(mismatch), fault(mismatch));
    }

    private static Problem invalid(String what, String pointer, String fault) {
        return new ProblemException(
                        ProblemType.INVALID_REQUEST,
                        what + " Nothing was done. Mend the fields in errors, then send it again.",
                        List.of(new Problem.FieldError(pointer, fault)),
                        null)
                .problem();
    }

    private static String fault(MismatchedInputException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is not a known field; known are "
                    + new TreeSet<>(unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .toList());
        }
        Class<?> target = e.getTargetType();
        if (target != null && target.isEnum()) {
            return "must be one of "
                    + Stream.of(target.getEnumConstants()).map(String::valueOf).toList();
        }
        return e instanceof InvalidFormatException ? "has a value that cannot be read" : "has the wrong type";
    }

    private static String pointer(JsonMappingException e) {
        return e.getPath().stream()
                .map(part -> part.getFieldName() == null
                        ? Integer.toString(part.getIndex())
                        : part.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining("/", "#/", ""));
    }
}
