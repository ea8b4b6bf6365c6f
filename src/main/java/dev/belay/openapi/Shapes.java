package dev.belay.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of an answer are always there and which may be null, as the records have it that are answered. A schema that
 * two types would share is refused, since one of the two would get a name that changes with the other.
 */
final class Shapes {

    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName ANSWER = DotName.createSimple(APIResponse.class);
    private static final DotName ANSWERS = DotName.createSimple(APIResponses.class);
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);

    private final IndexView index;

    Shapes(IndexView index) {
        this.index = index;
    }

    void complete(Map<String, Schema> schemas) {
        answered().forEach((name, type) -> {
            Schema schema = schemas.get(name);
            if (schema != null && type.isRecord()) {
                complete(schema, type);
            }
        });
        refuseNumbered(schemas.keySet());
    }

    private static void refuseNumbered(Set<String> names) {
        for (String name : names) {
            if (names.contains(name.replaceFirst("\\d+$", "")) && name.matches(".*\\d")) {
                throw new IllegalStateException(
                        name + " is called so since two types have one name; give both a @Schema(name = …)");
            }
        }
    }

    /** The types that answers are made of, by the names of their schemas. */
    private Map<String, ClassInfo> answered() {
        Map<String, ClassInfo> found = new HashMap<>();
        Deque<Type> open = new ArrayDeque<>();
        for (DotName answer : List.of(ANSWER, ANSWERS)) {
            index.getAnnotations(answer).forEach(annotation -> collect(annotation, open));
        }
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
                open.addAll(type.asParameterizedType().arguments());
            }
            ClassInfo known =
                    type.name().toString().startsWith("dev.belay.") ? index.getClassByName(type.name()) : null;
            if (known != null && !known.equals(found.put(name(known), known))) {
                known.recordComponents().forEach(component -> open.add(component.type()));
            }
        }
        return found;
    }

    /** The types that an annotation names, or one within it. */
    private static void collect(AnnotationInstance annotation, Deque<Type> found) {
        for (AnnotationValue value : annotation.values()) {
            switch (value.kind()) {
                case CLASS -> found.add(value.asClass());
                case NESTED -> collect(value.asNested(), found);
                case ARRAY -> {
                    if (value.componentKind() == AnnotationValue.Kind.NESTED) {
                        for (AnnotationInstance nested : value.asNestedArray()) {
                            collect(nested, found);
                        }
                    }
                }
                default -> {
                    // says nothing of types
                }
            }
        }
    }

    private static String name(ClassInfo type) {
        AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
        AnnotationValue name = schema == null ? null : schema.value("name");
        return name == null ? type.simpleName() : name.asString();
    }

    private static void complete(Schema schema, ClassInfo type) {
        AnnotationInstance include = type.declaredAnnotation(INCLUDE);
        String included = include == null || include.value() == null
                ? "ALWAYS"
                : include.value().asEnum();
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (RecordComponentInfo component : type.recordComponents()) {
            Schema property = schema.getProperties().get(component.name());
            if (property == null) {
                continue;
            }
            boolean nullable = component.type().hasAnnotation(NULLABLE);
            if (included.equals("ALWAYS") || (included.equals("NON_NULL") && !nullable)) {
                require(schema, component.name());
            }
            properties.put(component.name(), nullable && included.equals("ALWAYS") ? orNull(property) : property);
        }
        // what a record is asked about itself is no part of the answer
        schema.setProperties(properties);
    }

    private static void require(Schema schema, String name) {
        if (schema.getRequired() == null || !schema.getRequired().contains(name)) {
            schema.addRequired(name);
        }
    }

    private static Schema orNull(Schema property) {
        if (property.getRef() == null) {
            return property.addType(SchemaType.NULL);
        }
        return OASFactory.createSchema()
                .anyOf(List.of(property, OASFactory.createSchema().addType(SchemaType.NULL)));
    }
}
