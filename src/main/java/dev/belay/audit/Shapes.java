package dev.belay.audit;

import dev.belay.catalog.TableIdentity;
import dev.belay.sql.Alteration;
import dev.belay.sql.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** All tables under the names that they have at one place in the scripts. */
final class Shapes {

    private static final Logger LOG = Logger.getLogger(Shapes.class);

    private final Map<List<String>, TableShape> tables = new HashMap<>();
    private final Map<List<String>, String> strangers = new HashMap<>();
    private List<String> path = List.of();

    Shapes(List<TableIdentity> found, Map<Long, TableKey> keys) {
        for (TableIdentity table : found) {
            TableKey key = keys.getOrDefault(table.oid(), TableKey.NONE);
            tables.put(List.of(table.schema(), table.name()), new TableShape(table, key));
        }
    }

    /** Where unqualified names are looked for from now on. */
    void usePath(List<String> schemas) {
        path = List.copyOf(schemas);
    }

    /** The table of that name that is there now, whatever the scripts have done so far; empty when there is none. */
    Optional<TableShape> find(List<String> name) {
        return candidates(name).stream()
                .filter(tables::containsKey)
                .map(tables::get)
                .findFirst();
    }

    /** The table that has this schema and name in the database, with its names there. */
    TableShape original(List<String> name) throws UnaskableException {
        return tables.values().stream()
                .map(TableShape::now)
                .filter(table -> List.of(table.schema(), table.name()).equals(name))
                .findFirst()
                .orElseThrow(() -> new UnaskableException("its table " + String.join(".", name) + " is not there"));
    }

    /** The table that a script means by a name at this place. */
    TableShape require(String written) throws UnaskableException {
        for (List<String> candidate : candidates(Words.name(written))) {
            if (strangers.containsKey(candidate)) {
                throw new UnaskableException("the table " + written + " " + strangers.get(candidate));
            }
            TableShape found = tables.get(candidate);
            if (found != null) {
                return found;
            }
        }
        throw new UnaskableException("there is no table " + written);
    }

    /**
     * Follows what a statement does.
     *
     * @param place where in the scripts, such as {@code V2__x.sql, line 7}
     */
    void apply(Alteration alteration, String place) {
        String same = "by the same scripts (" + place + ")";
        try {
            if (alteration instanceof Alteration.Creates made) {
                create(made, "is made " + same);
            } else if (alteration instanceof Alteration.Drops gone) {
                drop(gone.table(), "is dropped " + same);
            } else {
                alter(require(alteration.table()), alteration, same);
            }
        } catch (UnaskableException e) {
            LOG.debugf("%s is not a table that is there: %s", place, e.why());
        }
    }

    private void alter(TableShape shape, Alteration alteration, String same) {
        if (alteration instanceof Alteration.Renames renamed) {
            move(shape, shape.schema(), bare(renamed.to()));
        } else if (alteration instanceof Alteration.Moves moved) {
            move(shape, bare(moved.schema()), shape.name());
        } else if (alteration instanceof Alteration.RenamesColumn renamed) {
            shape.renameColumn(bare(renamed.column()), bare(renamed.to()));
        } else if (alteration instanceof Alteration.AddsColumn added) {
            if (!added.ifNotExists() || !shape.has(bare(added.column()))) {
                shape.forget(bare(added.column()), "is added " + same);
            }
        } else if (alteration instanceof Alteration.ChangesColumn changed) {
            shape.forget(
                    bare(changed.column()), (changed.type() == null ? "is dropped " : "gets another type ") + same);
        }
    }

    private void create(Alteration.Creates made, String reason) {
        List<String> name = Words.name(made.table());
        if (!(made.ifNotExists() && find(name).isPresent())) {
            List<List<String>> candidates = candidates(name);
            if (!candidates.isEmpty()) {
                strangers.put(candidates.get(0), reason);
            }
        }
    }

    private void drop(String written, String reason) throws UnaskableException {
        TableShape shape = require(written);
        List<String> name = List.of(shape.schema(), shape.name());
        tables.remove(name);
        strangers.put(name, reason);
    }

    private void move(TableShape shape, String schema, String name) {
        tables.remove(List.of(shape.schema(), shape.name()));
        shape.rename(schema, name);
        tables.put(List.of(schema, name), shape);
        strangers.remove(List.of(schema, name));
    }

    private List<List<String>> candidates(List<String> name) {
        int parts = name.size();
        return parts < 2
                ? path.stream()
                        .filter(schema -> parts == 1)
                        .map(schema -> List.of(schema, name.get(0)))
                        .toList()
                : List.of(name.subList(parts - 2, parts));
    }

    /** A written column as PostgreSQL folds it. */
    static String bare(String written) {
        List<String> parts = Words.name(written);
        return parts.isEmpty() ? written : parts.get(parts.size() - 1);
    }
}
