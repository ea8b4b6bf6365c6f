package dev.belay.plan;

import dev.belay.rules.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one rule says of a migration, for a person.
 *
 * @param places the first places, each with what was observed there
 * @param more how many places there are besides
 */
record Advice(Finding rule, List<Finding> places, int more) {

    private static final int PLACES = 5;

    /** By rule, the ones that a comment lets pass on their own. */
    static List<Advice> of(List<Finding> findings) {
        Map<String, List<Finding>> byRule = new LinkedHashMap<>();
        for (Finding finding : findings) {
            byRule.computeIfAbsent(finding.ruleId() + finding.silencedBecause(), key -> new ArrayList<>())
                    .add(finding);
        }
        return byRule.values().stream()
                .map(found -> new Advice(
                        found.get(0), found.stream().limit(PLACES).toList(), Math.max(0, found.size() - PLACES)))
                .toList();
    }
}
