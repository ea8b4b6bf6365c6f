package dev.belay.rules;

import dev.belay.sql.Comments;
import dev.belay.sql.Comments.Comment;
import dev.belay.sql.Source;
import dev.belay.trace.TracedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments of one script that silence rules: {@code -- belay:allow <rule> <reason>} before or in a statement for that
 * one; before the first statement, with an empty line after it, for the whole script.
 */
final class Allowances {

    private static final Pattern ALLOW = Pattern.compile("^--\\s*belay:allow\\b\\s*(\\S*)\\s*(.*)$");

    private final Source script;
    private final List<Allowance> allowances = new ArrayList<>();
    private final List<Finding> faults = new ArrayList<>();

    /**
     * One of them.
     *
     * @param from the first line on which a statement is meant that begins there
     * @param to the last such line
     */
    private record Allowance(Rule rule, String reason, int from, int to) {}

    private Allowances(Source script) {
        this.script = script;
    }

    static Allowances of(Source script) {
        Allowances allowances = new Allowances(script);
        Comments.in(script.sql(), "belay:allow").forEach(allowances::read);
        return allowances;
    }

    /** What is wrong with them. */
    List<Finding> faults() {
        return faults;
    }

    boolean isOf(TracedStatement statement) {
        return script.module().equals(statement.module()) && script.file().equals(statement.file());
    }

    Optional<String> reason(Rule rule, TracedStatement statement) {
        return allowances.stream()
                .filter(allowance -> allowance.rule().equals(rule)
                        && allowance.from() <= statement.line()
                        && statement.line() <= allowance.to())
                .map(Allowance::reason)
                .findFirst();
    }

    private void read(Comment comment) {
        Matcher allow = ALLOW.matcher(comment.text());
        if (!allow.matches()) {
            return;
        }
        String name = allow.group(1);
        String reason = allow.group(2).strip();
        Optional<Rule> rule = Rules.find(name);
        if (rule.isEmpty()) {
            fault(comment, name.isEmpty() ? "names no rule" : "names the rule " + name + ", which does not exist");
        } else if (rule.get().equals(Rules.ALLOW_COMMENT)) {
            fault(comment, "asks to silence the rule about these comments, which cannot be");
        } else if (reason.isEmpty()) {
            fault(comment, "gives no reason, so it silences nothing");
        } else if (comment.ofWholeScript()) {
            allowances.add(new Allowance(rule.get(), reason, 1, Integer.MAX_VALUE));
        } else if (comment.statementLine() == 0) {
            fault(comment, "stands after the last statement, so it silences nothing");
        } else {
            allowances.add(new Allowance(rule.get(), reason, comment.statementLine(), comment.statementLine()));
        }
    }

    private void fault(Comment comment, String what) {
        Rule rule = Rules.ALLOW_COMMENT;
        faults.add(new Finding(
                rule.id(),
                rule.slug(),
                rule.title(),
                rule.severity(),
                script.module(),
                script.file(),
                comment.line(),
                comment.text(),
                "the comment " + what,
                rule.instead(),
                null));
    }
}
