package dev.belay.rehearsal;

import dev.belay.database.ModuleGraph;
import dev.belay.database.Script;
import dev.belay.postgres.SqlStates;
import dev.belay.scope.Scope;
import dev.belay.sql.Words;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the order of the modules may have to do with a script that missed something. */
final class WrongOrder {

    /** No such table, column, function, schema or object; and a foreign key's row that is not there. */
    private static final Set<String> MISSING = Set.of("42P01", "42703", "42883", "3F000", "42704", "23503");

    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern CALLED = Pattern.compile("([^\\s.]+)\\(");

    private WrongOrder() {}

    /**
     * A sentence or two; nothing when something else went wrong, or there is only one module.
     *
     * @param part what was being applied; null on the way back
     */
    static String hint(ModuleGraph graph, Scope scope, Scope.@Nullable Part part, Exception failure) {
        SQLException said = SqlStates.find(failure).orElse(null);
        if (part == null
                || said == null
                || !MISSING.contains(said.getSQLState())
                || graph.modules().size() < 2) {
            return "";
        }
        String module = part.module().name();
        List<String> declared = graph.declared(module);
        String order = " The module " + module + " depends on "
                + (declared.isEmpty()
                        ? "no other"
                        : String.join(", ", declared) + (declared.size() == 1 ? " alone" : ""))
                + " as belay.yaml says, and the modules run in this order: "
                + String.join(" → ", graph.order()) + ".";
        return order + places(graph, scope, module, String.valueOf(said.getMessage()));
    }

    private static String places(ModuleGraph graph, Scope scope, String module, String message) {
        Set<String> names = names(message);
        List<String> found = new ArrayList<>();
        for (Scope.Part other : scope.parts()) {
            String name = other.module().name();
            if (!name.equals(module) && !graph.dependsOn(module, name)) {
                other.module().of(Script.Kind.VERSIONED).stream()
                        .filter(script -> other.files().contains(script.file()) && mentions(script, names))
                        .findFirst()
                        .ifPresent(script -> found.add(name + "/" + script.file() + ": if that makes it, the module "
                                + module + " needs " + line(graph, module, name)));
            }
        }
        return found.isEmpty() ? "" : " The name stands in " + String.join("; or in ", found) + ".";
    }

    private static String line(ModuleGraph graph, String module, String missing) {
        Set<String> all = new TreeSet<>(graph.declared(module));
        all.add(missing);
        return "dependsOn: [" + String.join(", ", all) + "] in belay.yaml";
    }

    /** The names that PostgreSQL's message quotes, the parts of qualified ones each. */
    private static Set<String> names(String message) {
        Set<String> names = new TreeSet<>();
        for (Pattern pattern : List.of(QUOTED, CALLED)) {
            Matcher matcher = pattern.matcher(message);
            while (matcher.find()) {
                String name = matcher.group(1);
                names.add(name);
                names.add(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        return names;
    }

    private static boolean mentions(Script script, Set<String> names) {
        return Words.in(script.sql()).stream()
                .map(chain -> chain.get(chain.size() - 1))
                .anyMatch(word -> names.contains(word) || names.contains(word.toLowerCase(Locale.ROOT)));
    }
}
