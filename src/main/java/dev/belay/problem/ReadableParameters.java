package dev.belay.problem;

import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters and headers: what is text up to its length, and what is none. The framework would do so too, but answers 404 for a query that
 * cannot be read, as JAX-RS has it, and never says which parameter it was.
 */
@Provider
public class ReadableParameters implements ParamConverterProvider {

    private static final int LONGEST = 2000;

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable ParamConverter<T> getConverter(
            Class<T> type, @Nullable Type generic, Annotation @Nullable [] annotations) {
        String name = name(annotations);
        if (name == null) {
            return null;
        }
        if (type == String.class) {
            int longest = longest(annotations);
            return (ParamConverter<T>) new Checked<>(name, "must have at most " + longest + " characters", text -> {
                if (text.length() > longest) {
                    throw new IllegalArgumentException();
                }
                return text;
            });
        }
        if (type == int.class || type == Integer.class) {
            return (ParamConverter<T>) new Checked<>(name, "must be a whole number", Integer::valueOf);
        }
        if (type == long.class || type == Long.class) {
            return (ParamConverter<T>) new Checked<>(name, "must be a whole number", Long::valueOf);
        }
        if (type.isEnum()) {
            List<T> constants = List.of(type.getEnumConstants());
            return new Checked<>(
                    name,
                    "must be one of " + constants,
                    text -> constants.stream()
                            .filter(constant -> constant.toString().equalsIgnoreCase(text))
                            .findFirst()
                            .orElseThrow(IllegalArgumentException::new));
        }
        return null;
    }

    /** Validation would say the same, but not which parameter it was. */
    private static int longest(Annotation @Nullable [] annotations) {
        return Stream.of(annotations == null ? new Annotation[0] : annotations)
                .map(annotation -> annotation instanceof Size size ? size.max() : LONGEST)
                .min(Integer::compare)
                .orElse(LONGEST);
    }

    private static @Nullable String name(Annotation @Nullable [] annotations) {
        return Stream.of(annotations == null ? new Annotation[0] : annotations)
                .map(annotation -> annotation instanceof QueryParam query
                        ? query.value()
                        : annotation instanceof HeaderParam header
                                ? header.value()
                                : annotation instanceof PathParam path ? path.value() : "")
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private record Checked<T>(String name, String rule, Function<String, T> read) implements ParamConverter<T> {

        @Override
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                return read.apply(text);
            } catch (IllegalArgumentException e) {
                throw ProblemType.invalidParameter(name, rule);
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }
}
