package dev.belay.scope;

import dev.belay.database.HistoryTable;
import dev.belay.database.HistoryTable.Installed;
import dev.belay.database.ProjectModule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In which order the versions of several modules were applied to a database. Within a module its history table has them
 * numbered; between modules the moments decide that the tables note, and where these are equal the order of the
 * dependencies.
 */
public final class AppliedOrder {

    /** Of a database to which nothing was applied. */
    public static final AppliedOrder NOTHING = new AppliedOrder(Map.of());

    private final Map<String, List<Installed>> installed;

    private AppliedOrder(Map<String, List<Installed>> installed) {
        this.installed = installed;
    }

    /**
     * Asks the history tables.
     *
     * @param modules in the order of their dependencies
     */
    public static AppliedOrder read(Connection session, List<ProjectModule> modules) throws SQLException {
        Map<String, List<Installed>> found = new LinkedHashMap<>();
        for (ProjectModule module : modules) {
            found.put(module.name(), new HistoryTable(module).installed(session));
        }
        return new AppliedOrder(found);
    }

    /** The versions of a module that scripts have applied, oldest first. */
    public List<Installed> of(String module) {
        return installed.getOrDefault(module, List.of());
    }

    /** All versions, oldest first. */
    public List<Scope.Place> all() {
        Map<String, Integer> left = new LinkedHashMap<>();
        installed.forEach((module, versions) -> left.put(module, versions.size()));
        List<Scope.Place> newestFirst = new ArrayList<>();
        String next = newest(left);
        while (next != null) {
            int place = left.merge(next, -1, Integer::sum);
            newestFirst.add(new Scope.Place(next, of(next).get(place).version().getVersion()));
            next = newest(left);
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The module whose last version that is left was applied last; null when none has any left. */
    private @Nullable String newest(Map<String, Integer> left) {
        String found = null;
        for (Map.Entry<String, Integer> entry : left.entrySet()) {
            if (entry.getValue() > 0
                    && (found == null || !last(entry.getKey(), left).isBefore(last(found, left)))) {
                found = entry.getKey();
            }
        }
        return found;
    }

    private LocalDateTime last(String module, Map<String, Integer> left) {
        return of(module).get(left.getOrDefault(module, 1) - 1).at();
    }

    /** The scope in this order. It stays as it is where that is its own, and where it has a version that is not applied. */
    public Scope of(Scope scope) {
        List<Scope.Place> own = scope.parts().stream()
                .flatMap(part -> part.versions().stream()
                        .map(version -> new Scope.Place(part.module().name(), version.getVersion())))
                .toList();
        List<Scope.Place> order = all().stream().filter(own::contains).toList();
        return order.size() != own.size() || order.equals(own) ? scope : new Scope(scope.parts(), order);
    }
}
