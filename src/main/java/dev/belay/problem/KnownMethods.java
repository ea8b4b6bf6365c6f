package dev.belay.problem;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which methods a path knows. A 405 has to say it (RFC 9110, section 15.5.6), and the framework's does not. */
@ApplicationScoped
class KnownMethods {

    private final List<Endpoint> endpoints;

    private record Endpoint(Pattern path, String method) {}

    KnownMethods(BeanManager beans) {
        this.endpoints = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(KnownMethods::endpoints)
                .toList();
    }

    private static Stream<Endpoint> endpoints(Class<?> resource) {
        String base = resource.getAnnotation(Path.class).value();
        return Stream.of(resource.getMethods())
                .flatMap(method -> Stream.of(method.getAnnotations())
                        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                        .filter(verb -> verb != null)
                        .map(verb -> new Endpoint(pattern(base + "/" + path(method)), verb.value())));
    }

    private static String path(Method method) {
        return method.isAnnotationPresent(Path.class)
                ? method.getAnnotation(Path.class).value()
                : "";
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                trimmed(template).replaceAll("\\{[^}:]*}", "[^/]+").replaceAll("\\{[^}]*}", ".+"));
    }

    private static String trimmed(String path) {
        return path.replaceAll("/+", "/").replaceAll("^/|/$", "");
    }

    /** As the Allow header has them. */
    String of(String path) {
        String asked = trimmed(path);
        Set<String> known = new TreeSet<>(Set.of("OPTIONS"));
        endpoints.stream()
                .filter(endpoint -> endpoint.path().matcher(asked).matches())
                .forEach(endpoint -> known.add(endpoint.method()));
        if (known.contains(HttpMethod.GET)) {
            known.add(HttpMethod.HEAD);
        }
        return String.join(", ", known);
    }
}
