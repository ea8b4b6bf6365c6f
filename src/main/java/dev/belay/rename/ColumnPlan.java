package dev.belay.rename;

import dev.belay.draft.ScriptPair;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which columns of which tables follow the rename of a table: by their names, or because the request names them. */
final class ColumnPlan {

    private static final List<String> LINK_PREFIXES = List.of("", "from_", "to_");

    private final RenameRequest request;
    private final ScriptPair pair;
    private final Map<String, String> conventional = new LinkedHashMap<>();
    private final Map<Long, Follow> follows = new LinkedHashMap<>();

    /**
     * A table with the columns of it that follow.
     *
     * @param link whether it is a link table that follows too
     * @param columns new names by old ones
     */
    record Follow(Table table, boolean link, Map<String, String> columns) {}

    /** @param bases new names by old ones: the table's, the model's; columns are named after them with {@code _id} */
    ColumnPlan(RenameRequest request, Map<String, String> bases, ScriptPair pair) {
        this.request = request;
        this.pair = pair;
        bases.forEach((old, name) -> {
            conventional.put(old + "_id", name + "_id");
            if (old.endsWith("s") && name.endsWith("s") && old.length() > 1 && name.length() > 1) {
                conventional.putIfAbsent(
                        old.substring(0, old.length() - 1) + "_id", name.substring(0, name.length() - 1) + "_id");
            }
        });
    }

    /** Of the table itself first, if it points at itself; the others in the order of their names. */
    List<Follow> find(Table table, Connection session) throws SQLException {
        TableReader tables = new TableReader(session);
        List<String> left = new ArrayList<>();
        for (Referencing key : new Around(session).keysTo(table.oid())) {
            Follow follow = follow(table, key.table(), tables);
            for (String column : key.columns()) {
                String to = to(follow, column);
                if (to != null && !to.equals(column)) {
                    put(follow, column, to);
                } else if (to == null) {
                    left.add(follow.table().sql() + "." + column);
                }
            }
        }
        for (RenameRequest.Column named :
                Objects.requireNonNullElse(request.columns(), List.<RenameRequest.Column>of())) {
            Table of = tables.require(Objects.requireNonNullElse(named.schema(), "public"), named.table());
            if (!of.has(named.column())) {
                throw ProblemType.INVALID_REQUEST.because(
                        of.sql() + " has no column \"" + named.column() + "\". Nothing was written.");
            }
            if (!named.to().equals(named.column())) {
                put(follow(table, of.oid(), tables), named.column(), named.to());
            }
        }
        if (!left.isEmpty()) {
            pair.remark("Columns that point at the table and are not named after it keep their names: "
                    + String.join(", ", left)
                    + ". Name them in \"columns\" with the name they are to have, if they are to"
                    + " follow.");
        }
        follows.values().removeIf(follow -> follow.columns().isEmpty() && !follow.link());
        return List.copyOf(follows.values());
    }

    private Follow follow(Table renamed, long oid, TableReader tables) throws SQLException {
        Follow known = follows.get(oid);
        if (known != null) {
            return known;
        }
        Table table = oid == renamed.oid() ? renamed : tables.read(oid);
        Follow follow = new Follow(table, oid != renamed.oid() && isLink(renamed, table), new LinkedHashMap<>());
        follows.put(oid, follow);
        return follow;
    }

    private void put(Follow follow, String column, String to) {
        boolean isGiven = follow.columns().containsValue(to)
                && !to.equals(follow.columns().get(column));
        if (follow.table().has(to) || isGiven) {
            throw ProblemType.INVALID_REQUEST.because("The column " + column + " of "
                    + follow.table().sql() + " was to be named " + to
                    + ", but there is a column of that name already. Nothing"
                    + " was written. Name another one for it in \"columns\", or its own name to leave it.");
        }
        follow.columns().put(column, to);
    }

    private @Nullable String to(Follow follow, String column) {
        String named = request.toOf(follow.table().schema(), follow.table().name(), column);
        if (named != null) {
            return named;
        }
        for (String prefix : follow.link() ? LINK_PREFIXES : List.of("")) {
            if (column.startsWith(prefix)) {
                String to = conventional.get(column.substring(prefix.length()));
                if (to != null) {
                    return prefix + to;
                }
            }
        }
        return null;
    }

    /** A table that only says which row goes with which, named after the renamed one. */
    private static boolean isLink(Table renamed, Table table) {
        List<String> keys = table.parts().stream()
                .filter(part ->
                        part.kind() == Part.Kind.CONSTRAINT && part.type().equals("f"))
                .flatMap(part -> part.columns().stream())
                .distinct()
                .toList();
        return table.schema().equals(renamed.schema())
                && table.name().startsWith(renamed.name() + "_")
                && keys.size() == 2
                && table.columns().stream()
                        .allMatch(column ->
                                keys.contains(column.name()) || column.name().equals("id"));
    }
}
