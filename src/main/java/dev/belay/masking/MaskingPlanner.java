package dev.belay.masking;

import dev.belay.catalog.TableName;
import dev.belay.database.ProjectMasking.Kind;
import dev.belay.database.ProjectMasking.Rule;
import dev.belay.masking.Structure.Link;
import dev.belay.masking.Structure.Table;
import dev.belay.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives every column its rule: the one that is written for it, that of the table it is a partition of, or that of the key
 * it points at. Whatever cannot be done as it is written is told, all of it at once.
 */
final class MaskingPlanner {

    private final Structure structure;
    private final Map<ColumnId, Rule> rules = new HashMap<>();
    private final Map<ColumnId, Long> rooms = new HashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();

    MaskingPlanner(Structure structure) {
        this.structure = structure;
    }

    /**
     * Plans.
     *
     * @throws dev.belay.problem.ProblemException MASKING_FAILED with every rule that cannot be kept
     */
    MaskingPlan plan(List<Rule> written) {
        written.forEach(this::match);
        boolean more = true;
        while (more) {
            // A partition of a table that points at a masked key has its column masked, too, and so on.
            boolean inherited = inherit();
            more = follow() || inherited;
        }
        structure.links().forEach(this::requireSame);
        narrow();
        Map<TableName, List<MaskedColumn>> columns = new LinkedHashMap<>();
        Set<ColumnId> kept = new LinkedHashSet<>();
        for (Table table : structure.tables().values()) {
            for (Column column : table.columns()) {
                Rule rule = rules.get(column.id());
                if (rule == null ? pointsAtKey(column) : rule.kind() == Kind.KEEP) {
                    kept.add(column.id());
                } else if (rule != null) {
                    MaskedColumn masked = masked(column, rule);
                    MaskingFaults.of(masked, structure.decidesPartition(column)).ifPresent(faults::add);
                    if (table.holdsRows()) {
                        columns.computeIfAbsent(table.name(), name -> new ArrayList<>())
                                .add(masked);
                    }
                }
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemType.MASKING_FAILED.because("The masking rules cannot be kept: " + String.join("; ", faults)
                    + ". Nothing was masked, and nothing has left the scratch server. Mend masking in belay.yaml, then"
                    + " ask again.");
        }
        return new MaskingPlan(columns, kept);
    }

    private void match(Rule rule) {
        List<Table> named = structure.tables().values().stream()
                .filter(table -> rule.table().equals(table.name().table())
                        || rule.table().equals(table.name().toString()))
                .toList();
        if (named.size() > 1) {
            faults.add("there are several tables " + rule.table() + ": name one with its schema");
            return;
        }
        Optional<Column> column = named.stream()
                .flatMap(table -> table.column(rule.column()).stream())
                .findFirst();
        if (column.isPresent()) {
            rules.put(column.get().id(), rule);
        } else if (!rule.optional()) {
            faults.add("there is no " + (named.isEmpty() ? "table " + rule.table() : "column " + named(rule))
                    + " in the backup (a rule with optional: true may have none)");
        }
    }

    private static String named(Rule rule) {
        return rule.table() + "." + rule.column();
    }

    /** Gives columns the rule of the table above; returns whether any got one. */
    private boolean inherit() {
        boolean more = false;
        for (Table table : structure.tables().values()) {
            for (TableName ancestor : table.ancestors()) {
                for (Column column : table.columns()) {
                    Rule above = rules.get(new ColumnId(ancestor, column.id().column()));
                    more |= above != null && rules.putIfAbsent(column.id(), above) == null;
                }
            }
        }
        return more;
    }

    /** Gives columns the rule of the key they point at; returns whether any got one. */
    private boolean follow() {
        boolean more = false;
        for (Link link : structure.links()) {
            Rule key = rules.get(link.to());
            more |= key != null && isMapping(key) && rules.putIfAbsent(link.from(), key) == null;
        }
        return more;
    }

    /** Whether equal values become equal ones, whatever row they are in. */
    private static boolean isMapping(Rule rule) {
        return switch (rule.kind()) {
            case HASH, FAKE_NAME, FAKE_EMAIL -> true;
            case SHIFT_DATES -> !rule.perRow();
            case KEEP, FIXED, NULL, SHUFFLE -> false;
        };
    }

    private void requireSame(Link link) {
        Rule key = rules.get(link.to());
        Rule own = rules.get(link.from());
        if (key != null && key.kind() != Kind.KEEP && !isMapping(key)) {
            faults.add(key.kind().word() + " cannot be for " + link.to() + ", because " + link.from()
                    + " points at it: hash keeps what points at a value pointing at it");
        } else if (own == null || own.kind() == Kind.NULL) {
            return;
        } else if (key != null && isMapping(key)) {
            if (!own.isLike(key)) {
                faults.add(own.kind().word() + " cannot be for " + link.from() + ", because it points at " + link.to()
                        + ", which has " + key.kind().word() + ": give it no rule, or the same");
            }
        } else if (isMapping(own)) {
            faults.add(own.kind().word() + " cannot be for " + link.from() + ", because it points at " + link.to()
                    + ", which is not masked: give the rule to that");
        }
    }

    /** What belongs together by foreign keys gets the room of the narrowest. */
    private void narrow() {
        structure
                .tables()
                .values()
                .forEach(table -> table.columns().forEach(column -> rooms.put(column.id(), column.room())));
        boolean more = true;
        while (more) {
            more = false;
            for (Link link : structure.links()) {
                Rule key = rules.get(link.to());
                if (key != null && isMapping(key)) {
                    long room = Math.min(room(link.from()), room(link.to()));
                    more |= room < room(link.from()) || room < room(link.to());
                    rooms.put(link.from(), room);
                    rooms.put(link.to(), room);
                }
            }
        }
    }

    private long room(ColumnId id) {
        return rooms.getOrDefault(id, Long.MAX_VALUE);
    }

    private boolean pointsAtKey(Column column) {
        return structure.links().stream().anyMatch(link -> link.from().equals(column.id()));
    }

    private MaskedColumn masked(Column column, Rule rule) {
        boolean isPointedAt =
                structure.links().stream().anyMatch(link -> link.to().equals(column.id()));
        return new MaskedColumn(column, rule, room(column.id()), column.unique() || isPointedAt);
    }
}
