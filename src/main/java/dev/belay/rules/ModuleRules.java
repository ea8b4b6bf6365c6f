package dev.belay.rules;

import dev.belay.trace.Change;
import dev.belay.trace.Crossing;
import dev.belay.trace.Trace;
import dev.belay.trace.TracedStatement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What modules do with each other's things. */
final class ModuleRules {

    /** Its examples are of two modules, {@code students} and {@code results}, which depends on nothing. */
    static final Rule UNDECLARED = Rule.of(
                    "B42",
                    "undeclared-module",
                    Severity.BLOCKING,
                    "A module uses what another one makes and does not say that it depends on it")
            .why("""
                    The order of the modules comes from what belay.yaml declares. Where a dependency is missing there, the next
                    empty database, or the next migration of one module alone, may run them the other way round and fail, and a
                    way back may take the used before its user.
                    """)
            .instead("""
                    Add the module to dependsOn in belay.yaml, as the finding writes it out. If the two then depend on each
                    other in a circle, make it in a script of the other module.
                    """)
            .bad("""
                    -- module students
                    CREATE TABLE student (id bigint PRIMARY KEY);
                    -- module results
                    CREATE TABLE result (student_id bigint REFERENCES student);
                    """)
            .good("""
                    -- module students
                    CREATE TABLE student (id bigint PRIMARY KEY);
                    -- module results, with dependsOn: [students]
                    CREATE TABLE result (student_id bigint REFERENCES student);
                    """)
            .when(moment -> moment.trace().crossings().stream()
                    .filter(crossing -> place(moment.trace(), crossing) == moment.index())
                    .map(ModuleRules::observed)
                    .toList());

    static final List<Rule> ALL = List.of(UNDECLARED);

    private ModuleRules() {}

    private static String observed(Crossing crossing) {
        String what = crossing.name() == null
                ? "the " + crossing.kind() + " " + made(crossing.user(), crossing.userMaker())
                : "the " + crossing.kind() + " " + crossing.name() + " of "
                        + made(crossing.user(), crossing.userMaker());
        Set<String> all = new TreeSet<>(crossing.declared());
        all.add(crossing.needs());
        return "the module " + crossing.module() + " does not depend on " + crossing.needs() + ", but " + what
                + " needs " + made(crossing.used(), crossing.usedMaker()) + "; "
                + (crossing.isCircle()
                        ? crossing.needs() + " depends on " + crossing.module() + ", so this belongs into a script of "
                                + crossing.needs()
                        : "belay.yaml has to say of " + crossing.module() + ": dependsOn: [" + String.join(", ", all)
                                + "]");
    }

    private static String made(String thing, String maker) {
        return thing + " (made by " + maker + ")";
    }

    /** The statement that did it: the one that added the constraint, else that made the thing, else the module's last. */
    private static int place(Trace trace, Crossing crossing) {
        List<TracedStatement> statements = trace.statements();
        int last = -1;
        int maker = -1;
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).module().equals(crossing.module())) {
                last = i;
                if (attaches(statements.get(i), crossing)) {
                    return i;
                }
                if (maker < 0 && makes(statements.get(i), crossing)) {
                    maker = i;
                }
            }
        }
        return maker < 0 ? last : maker;
    }

    private static boolean attaches(TracedStatement statement, Crossing crossing) {
        return statement.changes().stream()
                .anyMatch(change -> Set.of(Change.Kind.CONSTRAINT_ADDED, Change.Kind.TRIGGER_CREATED)
                                .contains(change.kind())
                        && change.relation().equals(crossing.user())
                        && change.name() != null
                        && change.name().equals(crossing.name()));
    }

    private static boolean makes(TracedStatement statement, Crossing crossing) {
        return statement.changes().stream()
                .anyMatch(change -> change.kind() == Change.Kind.RELATION_CREATED
                        && change.relation().equals(crossing.user()));
    }
}
