package dev.belay.openapi;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jspecify.annotations.Nullable;

/**
 * Which method answers an operation, so that the document can say what its annotations ask for. The index knows annotations by
 * their names, which is all that is of HTTP here.
 */
final class Endpoints {

    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final Map<DotName, HttpMethod> VERBS = Map.of(
            DotName.createSimple("jakarta.ws.rs.GET"), HttpMethod.GET,
            DotName.createSimple("jakarta.ws.rs.POST"), HttpMethod.POST,
            DotName.createSimple("jakarta.ws.rs.DELETE"), HttpMethod.DELETE);

    private final Map<String, MethodInfo> methods;

    private Endpoints(Map<String, MethodInfo> methods) {
        this.methods = methods;
    }

    static Endpoints of(IndexView index) {
        Map<String, MethodInfo> found = new HashMap<>();
        for (AnnotationInstance path : index.getAnnotations(PATH)) {
            if (path.target().kind() == AnnotationTarget.Kind.CLASS) {
                ClassInfo resource = path.target().asClass();
                for (ClassInfo type = resource; type != null; type = above(index, type)) {
                    collect(type, path.value().asString(), found);
                }
            }
        }
        return new Endpoints(found);
    }

    private static @Nullable ClassInfo above(IndexView index, ClassInfo type) {
        return type.superName() == null ? null : index.getClassByName(type.superName());
    }

    private static void collect(ClassInfo type, String root, Map<String, MethodInfo> found) {
        for (MethodInfo method : type.methods()) {
            AnnotationInstance below = method.annotation(PATH);
            String path =
                    (root + (below == null ? "" : below.value().asString())).replaceAll("\\{(\\w+):[^}]*}", "{$1}");
            VERBS.forEach((annotation, verb) -> {
                if (method.hasAnnotation(annotation)) {
                    found.putIfAbsent(verb + " " + path, method);
                }
            });
        }
    }

    MethodInfo require(String path, HttpMethod method) {
        MethodInfo found = methods.get(method + " " + path);
        if (found == null) {
            throw new IllegalStateException("no method is known that answers " + method + " " + path);
        }
        return found;
    }
}
