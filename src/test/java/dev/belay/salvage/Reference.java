package dev.belay.salvage;

import dev.belay.salvage.Contents.Row;
import dev.belay.salvage.Fate.Listed;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merge once more, as plainly as it can be said and in memory: what has to become of each row of a table whose rows are
 * told by one key in the backup, the rehearsed copy and the live database. It shares nothing with {@link Merge}.
 */
final class Reference {

    private final Forms table;
    private final Casts casts;
    private final Set<String> fresh;
    private boolean keysMoved;

    Reference(Forms table, Casts casts) {
        this.table = table;
        this.casts = casts;
        this.fresh = table.fresh();
    }

    /** By key. */
    Map<List<String>, Fate> fates() throws SQLException {
        Map<List<String>, Row> backup = Objects.requireNonNull(table.backup())
                .byKey(table.homes(table.migrated().key()));
        Map<List<String>, Row> migrated = table.migrated().byKey();
        Map<List<String>, Row> live = table.live().byKey(table.migrated().key());
        Set<List<String>> keys = new HashSet<>(backup.keySet());
        keys.addAll(migrated.keySet());
        keys.addAll(live.keySet());
        keysMoved = !backup.keySet().containsAll(migrated.keySet())
                && !migrated.keySet().containsAll(backup.keySet());
        Map<List<String>, Fate> fates = new HashMap<>();
        for (List<String> key : keys) {
            fates.put(key, unsure(fate(backup.get(key), migrated.get(key), live.get(key))));
        }
        return fates;
    }

    /** Rows that got other keys look like rows that went and others that came: who cannot tell may list what was written. */
    private Fate unsure(Fate fate) {
        return keysMoved && fate.touched() && fate.listed() == Listed.NEVER
                ? new Fate(fate.before(), fate.live(), fate.present(), fate.values(), Listed.MAY, true)
                : fate;
    }

    private Fate fate(@Nullable Row before, @Nullable Row migrated, @Nullable Row live) throws SQLException {
        if (migrated == null) {
            return live == null ? Fate.untouched(before) : inserted(before, live);
        }
        if (live == null) {
            return new Fate(before, null, false, Map.of(), before == null ? Listed.MAY : Listed.NEVER, true);
        }
        Set<String> changed = new HashSet<>();
        for (String column : table.migrated().columns()) {
            if (!fresh.contains(column) && !migrated.get(column).equals(live.get(column))) {
                changed.add(column);
            }
        }
        if (changed.isEmpty()) {
            return withFresh(Fate.untouched(before), live);
        }
        if (before == null) {
            // The migration made the row, so the backup has no place for what became of it.
            return new Fate(null, live, false, Map.of(), Listed.MUST, true);
        }
        return withFresh(updated(before, migrated, live, changed), live);
    }

    private Fate updated(Row before, Row migrated, Row live, Set<String> changed) throws SQLException {
        Map<String, Set<String>> values = Fate.only(before);
        Listed listed = Listed.NEVER;
        for (String column : changed) {
            Shape.Column home = table.home(column).orElse(null);
            if (home == null) {
                listed = Listed.MUST;
            } else if (!home.generated()) {
                listed = place(column, home, live.get(column), values, listed);
                boolean rewritten = !migrated.get(column).equals(before.get(home.name()));
                listed = listed == Listed.NEVER && rewritten ? Listed.MAY : listed;
                if (!values.containsKey(home.name())) {
                    values.put(home.name(), Set.of(before.get(home.name())));
                }
            }
        }
        return new Fate(before, live, true, values, listed, true);
    }

    private Fate inserted(@Nullable Row before, Row live) throws SQLException {
        if (before != null) {
            // The migration deleted a row of this key and applications wrote one: both cannot be.
            return new Fate(before, live, true, Fate.only(before), Listed.MUST, true);
        }
        Map<String, Set<String>> values = new HashMap<>();
        Listed listed = Listed.NEVER;
        for (Shape.Column column : table.migrated().table().writable()) {
            String value = live.get(column.name());
            Shape.Column home = table.home(column.name()).orElse(null);
            if (home != null && !home.generated()) {
                listed = place(column.name(), home, value, values, listed);
            } else if (home == null && !value.equals(Contents.NULL)) {
                boolean given = !column.fallback().isEmpty() || column.identity() || fresh.contains(column.name());
                listed = given && listed == Listed.NEVER ? Listed.MAY : given ? listed : Listed.MUST;
            }
        }
        return new Fate(null, live, true, values, listed, true);
    }

    /** Puts a value into its home, in the type that this had. */
    private Listed place(String column, Shape.Column home, String value, Map<String, Set<String>> values, Listed listed)
            throws SQLException {
        String type = table.migrated()
                .table()
                .column(each -> each.name().equals(column))
                .orElseThrow()
                .type();
        Casts.Ways ways = casts.of(value, type, home.type());
        Set<String> allowed = new HashSet<>(ways.exact());
        allowed.addAll(ways.cast());
        if (!allowed.isEmpty()) {
            values.put(home.name(), allowed);
            return ways.exact().isEmpty() && listed == Listed.NEVER ? Listed.MAY : listed;
        }
        // What cannot be written there without a loss stays where it is listed.
        allowed.addAll(ways.lossy());
        Set<String> old = values.getOrDefault(home.name(), Set.of());
        allowed.addAll(old);
        values.put(home.name(), allowed);
        if (old.isEmpty()) {
            values.remove(home.name());
        }
        return Listed.MUST;
    }

    /** What is in a column that is filled anew at each run may be the migration's or an application's: nobody can tell. */
    private Fate withFresh(Fate fate, Row live) throws SQLException {
        Map<String, Set<String>> values = new HashMap<>(fate.values());
        for (String column : fresh) {
            Shape.Column home = table.home(column).orElse(null);
            if (home != null && values.containsKey(home.name())) {
                Set<String> allowed = new HashSet<>(Objects.requireNonNull(values.get(home.name())));
                Map<String, Set<String>> found = new HashMap<>();
                place(column, home, live.get(column), found, Listed.NEVER);
                allowed.addAll(found.getOrDefault(home.name(), Set.of()));
                values.put(home.name(), allowed);
            }
        }
        Listed listed = fresh.isEmpty() || !fate.touched() || fate.listed() == Listed.MUST ? fate.listed() : Listed.MAY;
        return new Fate(fate.before(), fate.live(), fate.present(), values, listed, fate.touched());
    }
}
