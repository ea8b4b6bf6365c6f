package dev.belay.rehearsal;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.Script;
import dev.belay.reversal.Structure;
import dev.belay.review.Review;
import dev.belay.scope.Scope;
import dev.belay.sql.Source;
import dev.belay.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the schema of a clone before and after the scripts, for the review report. */
final class Reviewer {

    private final ManagedDatabase copy;
    private final Scope scope;
    private final Set<String> histories;
    private final Structure before;

    private Reviewer(ManagedDatabase copy, Scope scope) throws SQLException {
        this.copy = copy;
        this.scope = scope;
        this.histories = scope.modules().stream()
                .map(module -> module.schema() + "." + module.history())
                .collect(Collectors.toUnmodifiableSet());
        try (Connection session = copy.address().open()) {
            this.before = Structure.read(session, histories);
        }
    }

    static Reviewer before(ManagedDatabase copy, Scope scope) throws SQLException {
        return new Reviewer(copy, scope);
    }

    Review after() throws SQLException {
        try (Connection session = copy.address().open()) {
            return Review.of(before, Structure.read(session, histories), session, scripts(scope));
        }
    }

    /** What is run, in order, with its placeholders replaced. */
    static List<Source> scripts(Scope scope) {
        List<Source> found = new ArrayList<>();
        for (Scope.Part part : scope.parts()) {
            for (Script script : part.module().scripts()) {
                if (part.files().contains(script.file())) {
                    found.add(new Source(
                            part.module().name(),
                            script.file(),
                            Statements.fill(script.sql(), part.module().placeholders())));
                }
            }
        }
        return found;
    }
}
