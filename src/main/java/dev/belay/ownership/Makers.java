package dev.belay.ownership;

import dev.belay.database.ModuleGraph;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.trace.Crossing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches a database while modules' scripts run one after the other, and knows afterwards which of them made what. Things are
 * told by their OIDs, so a rename does not change who made them.
 */
public final class Makers {

    private final DatabaseAddress database;
    private final Structure before;
    private final Map<Thing.Key, String> makers = new HashMap<>();
    private final Map<Use, String> added = new LinkedHashMap<>();
    private Structure now;

    private Makers(DatabaseAddress database, Structure before) {
        this.database = database;
        this.before = before;
        this.now = before;
    }

    /** Begins before the first script. */
    public static Makers watch(DatabaseAddress database) throws SQLException {
        try (Connection session = database.open()) {
            return new Makers(database, Structure.read(session));
        }
    }

    /** To be called when scripts of a module have run, and none of another since the last call. */
    public void after(String module) throws SQLException {
        try (Connection session = database.open()) {
            Structure next = Structure.read(session);
            next.things().keySet().stream()
                    .filter(key -> !now.things().containsKey(key))
                    .forEach(key -> makers.put(key, module));
            Structure last = now;
            next.uses().stream().filter(use -> !last.uses().contains(use)).forEach(use -> add(use, module, last, next));
            now = next;
        }
    }

    /** What was only renamed, retyped or both was added by whoever added it then. */
    private void add(Use use, String module, Structure last, Structure next) {
        List<Use> before = like(use, last);
        Optional<Use> was = before.stream().filter(one -> one.isStill(use)).findFirst();
        if (was.isEmpty() && like(use, next).size() <= before.size()) {
            was = before.stream().findFirst();
        }
        String adder = was.isPresent() ? added.get(was.get()) : module;
        if (adder != null) {
            added.put(use, adder);
        }
    }

    private static List<Use> like(Use use, Structure structure) {
        return structure.uses().stream().filter(use::isLike).toList();
    }

    /** Whether what was made uses something that was there before it all began. */
    public boolean usesOlder() {
        return uses().stream().anyMatch(use -> !makers.containsKey(use.user()) || !makers.containsKey(use.used()));
    }

    /**
     * Where a module uses what another has made, and nothing says that it depends on it.
     *
     * @param older who made what was there before it all began, found out in another database
     */
    public Set<Crossing> crossings(ModuleGraph graph, Makers older) {
        Map<Thing.Name, String> names = older.byName();
        Set<Crossing> found = new LinkedHashSet<>();
        for (Use use : uses()) {
            String module = Objects.requireNonNull(added.get(use));
            String userMaker = maker(use.user(), names);
            String usedMaker = maker(use.used(), names);
            if (userMaker != null && usedMaker != null) {
                Made made = new Made(use, module, userMaker, usedMaker);
                Stream.of(usedMaker, userMaker)
                        .distinct()
                        .filter(needs -> !needs.equals(module) && !graph.dependsOn(module, needs))
                        .forEach(needs -> found.add(crossing(graph, made, needs)));
            }
        }
        return found;
    }

    /** A use, the module whose script brought it about, and those that made its two ends. */
    private record Made(Use use, String module, String userMaker, String usedMaker) {}

    /** The things that were there before, are used by what was made, and of which nobody can tell who made them. */
    public List<String> untold(Makers older) {
        Map<Thing.Name, String> names = older.byName();
        Set<Thing.Key> keys = new HashSet<>();
        uses().forEach(use -> keys.addAll(List.of(use.user(), use.used())));
        return keys.stream()
                .filter(key -> maker(key, names) == null)
                .map(this::identity)
                .sorted()
                .toList();
    }

    /** The added ones that are still there. */
    private List<Use> uses() {
        List<Use> left = new ArrayList<>(added.keySet());
        left.removeIf(use -> !now.uses().contains(use));
        return left;
    }

    private @Nullable String maker(Thing.Key key, Map<Thing.Name, String> older) {
        Thing was = before.things().get(key);
        return was == null ? makers.get(key) : older.get(was.name());
    }

    private Map<Thing.Name, String> byName() {
        Map<Thing.Name, String> names = new HashMap<>();
        makers.forEach((key, module) -> {
            Thing thing = now.things().get(key);
            if (thing != null) {
                names.put(thing.name(), module);
            }
        });
        return names;
    }

    private Crossing crossing(ModuleGraph graph, Made made, String needs) {
        return new Crossing(
                made.module(),
                needs,
                made.use().kind(),
                made.use().name(),
                identity(made.use().user()),
                made.userMaker(),
                identity(made.use().used()),
                made.usedMaker(),
                graph.declared(made.module()),
                graph.dependsOn(needs, made.module()));
    }

    private String identity(Thing.Key key) {
        return Objects.requireNonNull(now.things().get(key)).identity();
    }
}
