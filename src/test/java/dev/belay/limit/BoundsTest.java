package dev.belay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.belay.draft.Author;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that a client sends may be as long as it likes. */
class BoundsTest {

    private static final JavaClasses BELAY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.belay");

    private final List<String> unbounded = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    @Test
    void every_text_and_every_list_that_a_client_sends_has_a_bound() {
        BELAY.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .flatMap(type -> Stream.of(type.reflect().getMethods()))
                .filter(BoundsTest::isEndpoint)
                .flatMap(method -> Stream.of(method.getParameters()))
                .forEach(this::check);
        BELAY.stream()
                .filter(type -> type.isAssignableTo(Author.class) && !type.isInterface())
                .map(type -> fieldsOf(type.reflect()))
                .forEach(this::checkRecord);

        assertThat(unbounded).isEmpty();
        assertThat(seen).as("texts that were looked at").hasSizeGreaterThan(40);
    }

    private static boolean isEndpoint(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && Stream.of(method.getAnnotations())
                        .anyMatch(found -> found.annotationType().isAnnotationPresent(jakarta.ws.rs.HttpMethod.class));
    }

    private static Class<?> fieldsOf(Class<?> author) {
        return Stream.of(author.getGenericInterfaces())
                .filter(type -> type instanceof ParameterizedType several && several.getRawType() == Author.class)
                .map(type -> (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow();
    }

    private void check(Parameter parameter) {
        if (parameter.isAnnotationPresent(Context.class)) {
            return;
        }
        boolean isBody = Stream.of(QueryParam.class, HeaderParam.class, PathParam.class)
                .noneMatch(parameter::isAnnotationPresent);
        if (isBody || parameter.isAnnotationPresent(BeanParam.class)) {
            checkRecord(parameter.getType());
        } else {
            check(parameter.getDeclaringExecutable() + " " + parameter, parameter, parameter.getAnnotatedType());
        }
    }

    private void checkRecord(Class<?> type) {
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                check(type.getSimpleName() + "." + component.getName(), component, component.getAnnotatedType());
            }
        }
    }

    private void check(String where, AnnotatedElement declared, AnnotatedType type) {
        Class<?> raw = raw(type);
        boolean isMany = Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw) || raw.isArray();
        if (raw == String.class || isMany) {
            seen.add(where);
            if (!isBounded(declared) && !isBounded(type)) {
                unbounded.add(where);
            }
        } else if (raw != JsonNode.class && raw != Object.class) {
            checkRecord(raw);
        } else {
            assertThat(where)
                    .as("only a part of a draft, which is checked by its kind")
                    .startsWith("DraftRequest.fields");
        }
        if (type instanceof AnnotatedParameterizedType several) {
            for (AnnotatedType argument : several.getAnnotatedActualTypeArguments()) {
                check(where + "<>", argument, argument);
            }
        }
    }

    private static Class<?> raw(AnnotatedType type) {
        return type.getType() instanceof ParameterizedType several
                ? (Class<?>) several.getRawType()
                : (Class<?>) type.getType();
    }

    private static boolean isBounded(AnnotatedElement element) {
        Size size = element.getAnnotation(Size.class);
        return size != null && size.max() < Integer.MAX_VALUE;
    }
}
