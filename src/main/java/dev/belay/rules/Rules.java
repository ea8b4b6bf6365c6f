package dev.belay.rules;

import dev.belay.sql.Source;
import dev.belay.sql.Statements;
import dev.belay.trace.Trace;
import dev.belay.trace.TracedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All rules, and what they have to say of a rehearsal. */
public final class Rules {

    /** About the comments that silence the others; nobody can silence it. */
    static final Rule ALLOW_COMMENT = Rule.of(
                    "B99", "allow-comment", Severity.LOW, "An allow comment does not say which rule, or not why")
            .why("A hazard is let pass by someone who knows why; who comes later wants to know it too.")
            .instead("-- belay:allow <id or name of the rule> <the reason>, right before the statement.")
            .bad("""
                    -- belay:allow B33
                    ALTER TABLE shop.orders ADD COLUMN seen boolean;
                    """)
            .good("""
                    -- belay:allow json-column the importer needs the text as it came
                    ALTER TABLE shop.orders ADD COLUMN extra json;
                    """)
            .when(moment -> List.of());

    /** By their ids. */
    public static final List<Rule> ALL = Stream.of(
                    IndexRules.ALL,
                    ConstraintRules.ALL,
                    RewriteRules.ALL,
                    LossRules.ALL,
                    ContractRules.ALL,
                    TransactionRules.ALL,
                    ModuleRules.ALL,
                    List.of(ALLOW_COMMENT))
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /** The rule of an id or slug; empty when there is none. */
    public static Optional<Rule> find(String name) {
        return ALL.stream()
                .filter(rule -> rule.id().equalsIgnoreCase(name) || rule.slug().equals(name))
                .findFirst();
    }

    /**
     * What was hazardous, statement by statement; also what a comment silences, with its reason.
     *
     * @param scripts the scripts that ran, for their comments
     */
    public static List<Finding> findings(Trace trace, List<Source> scripts) {
        List<Finding> findings = new ArrayList<>();
        List<Allowances> allowances = scripts.stream().map(Allowances::of).toList();
        allowances.forEach(allowed -> findings.addAll(allowed.faults()));
        Held locks = new Held(trace);
        for (int i = 0; i < trace.statements().size(); i++) {
            Moment moment = new Moment(trace, locks, i);
            Allowances allowed = allowances.stream()
                    .filter(one -> one.isOf(moment.statement()))
                    .findFirst()
                    .orElse(null);
            for (Rule rule : ALL) {
                for (String observed : rule.condition().observe(moment)) {
                    findings.add(finding(rule, moment.statement(), observed, allowed));
                }
            }
        }
        return findings;
    }

    private static Finding finding(
            Rule rule, TracedStatement statement, String observed, @Nullable Allowances allowed) {
        String reason = allowed == null ? null : allowed.reason(rule, statement).orElse(null);
        return new Finding(
                rule.id(),
                rule.slug(),
                rule.title(),
                rule.severity(),
                statement.module(),
                statement.file(),
                statement.line(),
                Statements.beginning(statement.sql()),
                Objects.requireNonNull(observed),
                rule.instead(),
                reason);
    }
}
