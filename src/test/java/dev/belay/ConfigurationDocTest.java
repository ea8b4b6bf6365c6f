package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/configuration.md to the mappings in the code, in both directions. */
class ConfigurationDocTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");

    /** A row of one of the tables of keys: the key and its default, each in backticks. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(belay\\.[^`]+)` \\| (?:`([^`]*)`|[^|]*) \\|");

    private static final Map<String, String> MAPPED = mapped();

    @Test
    void every_key_of_the_mappings_is_on_the_page_and_no_other() throws IOException {
        assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(MAPPED.keySet());
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void the_page_tells_the_default_that_the_code_has(String key, String value) throws IOException {
        assertThat(documented().get(key)).isEqualTo(value);
    }

    static Stream<Arguments> defaults() {
        return MAPPED.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    private static Map<String, String> documented() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), ConfigurationDocTest::written));
    }

    private static String written(MatchResult row) {
        return row.group(2) == null ? "" : row.group(2);
    }

    /** Every key with its default; an empty text where there is none. */
    private static Map<String, String> mapped() {
        Map<String, String> keys = new TreeMap<>();
        for (JavaClass found : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.belay")) {
            if (found.isAnnotatedWith(ConfigMapping.class)) {
                Class<?> mapping = found.reflect();
                collect(mapping.getAnnotation(ConfigMapping.class).prefix(), mapping, keys);
            }
        }
        return keys;
    }

    private static void collect(String prefix, Class<?> group, Map<String, String> keys) {
        for (Method method : group.getDeclaredMethods()) {
            String key = prefix + "." + kebab(method.getName());
            if (method.getReturnType() == Map.class) {
                collect(key + ".<name>", valueOf(method.getGenericReturnType()), keys);
            } else if (method.getReturnType() == List.class && isGroup(elementOf(method))) {
                collect(key + "[<n>]", elementOf(method), keys);
            } else if (method.getReturnType().getEnclosingClass() == group) {
                collect(key, method.getReturnType(), keys);
            } else if (isGroup(method.getReturnType())) {
                // One that stands by itself is told of where it is in a map.
                keys.put(key + ".*", "");
            } else {
                keys.put(key, defaultOf(method));
            }
        }
    }

    private static boolean isGroup(Class<?> type) {
        return type.isInterface() && type.getName().startsWith("dev.belay.");
    }

    private static Class<?> elementOf(Method list) {
        return (Class<?>) ((ParameterizedType) list.getGenericReturnType()).getActualTypeArguments()[0];
    }

    private static Class<?> valueOf(Type map) {
        return (Class<?>) ((ParameterizedType) map).getActualTypeArguments()[1];
    }

    /** As it is when nothing else is set: {@code ${belay.data-directory:data}/backups} is data/backups. */
    private static String defaultOf(Method method) {
        WithDefault annotation = method.getAnnotation(WithDefault.class);
        return annotation == null ? "" : annotation.value().replaceAll("\\$\\{[^:}]+:([^}]*)}", "$1");
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
