package dev.belay.rename;

import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rename of a table. */
final class TableRename {

    private final Connection session;
    private final RenameRequest request;
    private final ScriptPair pair = new ScriptPair();
    private final Taken taken;
    private final Table table;
    private final String to;
    private final @Nullable Django django;
    private final Django.@Nullable Model model;

    TableRename(Connection session, RenameRequest request) throws SQLException {
        this.session = session;
        this.request = request;
        this.taken = Taken.in(session);
        this.table = new TableReader(session).require(request.schemaName(), request.table());
        this.to = request.to();
        this.django = Django.in(session, table.schema()).orElse(null);
        this.model = django == null ? null : django.modelOf(table.name()).orElse(null);
        if (taken.hasRelation(table.schema(), to)) {
            throw ProblemType.INVALID_REQUEST.because("There is a table, view, index, sequence or type " + table.sql(to)
                    + " already. Nothing was written. Choose another name.");
        }
    }

    RenameScripts write() throws SQLException {
        List<ColumnPlan.Follow> follows = new ColumnPlan(request, bases(), pair).find(table, session);
        List<ColumnPlan.Follow> links =
                follows.stream().filter(ColumnPlan.Follow::link).toList();
        List<ColumnPlan.Follow> others = follows.stream()
                .filter(follow -> !follow.link() && follow.table().oid() != table.oid())
                .toList();
        Map<String, String> own = follows.stream()
                .filter(follow -> follow.table().oid() == table.oid())
                .findFirst()
                .map(ColumnPlan.Follow::columns)
                .orElse(Map.of());
        follows.forEach(follow -> taken.add(follow.table()));
        taken.add(table);
        lockForward(follows);
        Followers followers = new Followers(pair, taken, table.name(), to);
        core(own, followers);
        links.forEach(link -> link(link, followers));
        others.forEach(other -> other(other, followers));
        djangoRows();
        if (request.keepsOldNames()) {
            keepColumns(others);
        }
        lockBack(links, others);
        if (request.keepsOldNames()) {
            keepTables(own, links);
        }
        new TableRemarks(session, request, pair).about(table, links);
        String what = "rename " + table.name() + " to " + to;
        return new RenameScripts(
                what,
                pair.forward("Renames " + table.sql() + " to " + quote(to) + " with everything named after it."
                        + (request.keepsOldNames()
                                ? " The old names stay usable until a later script takes them away."
                                : "")),
                pair.back("Takes the rename of " + table.sql() + " back."),
                pair.remarks());
    }

    private Map<String, String> bases() {
        Map<String, String> bases = new LinkedHashMap<>();
        bases.put(table.name(), to);
        if (model != null) {
            Django.Model is = Django.modelIn(model.app(), to).orElse(null);
            if (is != null) {
                bases.put(model.name(), is.name());
            }
        }
        return bases;
    }

    /** Tables in the order of an application, which writes a dependant and has its key checked after that. */
    private List<Table> lockOrder(List<ColumnPlan.Follow> follows) {
        return Stream.concat(
                        follows.stream().map(ColumnPlan.Follow::table).filter(one -> one.oid() != table.oid()),
                        Stream.of(table))
                .toList();
    }

    private void lockForward(List<ColumnPlan.Follow> follows) {
        pair.section("All locks first: if a table is busy for longer than lock_timeout, nothing was done yet.");
        pair.change(lock(lockOrder(follows).stream().map(Table::sql).toList()), "");
    }

    private static String lock(List<String> tables) {
        return "LOCK TABLE\n    " + String.join(",\n    ", tables) + "\n    IN ACCESS EXCLUSIVE MODE";
    }

    private void core(Map<String, String> own, Followers followers) {
        pair.section("The table with everything named after it");
        rename(table, to);
        columns(table, to, own);
        List<Part> left = followers.follow(table, to, own);
        left.removeIf(part -> part.kind() == Part.Kind.SEQUENCE && !part.name().contains(table.name()));
        if (!left.isEmpty()) {
            pair.note("Not named after the table, so left as they are: "
                    + left.stream().map(Part::name).collect(Collectors.joining(", ")) + ".");
        }
    }

    private void link(ColumnPlan.Follow link, Followers followers) {
        pair.section("The link table " + link.table().name());
        String name = to(link.table());
        if (taken.hasRelation(table.schema(), name)) {
            throw ProblemType.INVALID_REQUEST.because(
                    "The link table " + link.table().sql() + " was to be named " + name
                            + ", and there is something of that name already. Nothing was written.");
        }
        rename(link.table(), name);
        columns(link.table(), name, link.columns());
        followers.follow(link.table(), name, link.columns());
    }

    /** A link table's new name. */
    private String to(Table link) {
        return PostgresName.of(to + link.name().substring(table.name().length()), "", "");
    }

    private void other(ColumnPlan.Follow other, Followers followers) {
        Table of = other.table();
        pair.section("What points at it: " + of.name());
        columns(of, of.name(), other.columns());
        followers.follow(of, of.name(), other.columns());
    }

    private void rename(Table one, String name) {
        taken.free(one.schema(), one.name());
        taken.relation(one.schema(), name);
        pair.change(
                "ALTER TABLE " + one.sql() + " RENAME TO " + quote(name),
                "ALTER TABLE " + one.sql(name) + " RENAME TO " + quote(one.name()));
    }

    private void columns(Table one, String name, Map<String, String> columns) {
        columns.forEach((old, now) -> pair.change(
                "ALTER TABLE " + one.sql(name) + " RENAME COLUMN " + quote(old) + " TO " + quote(now),
                "ALTER TABLE " + one.sql(name) + " RENAME COLUMN " + quote(now) + " TO " + quote(old)));
    }

    private void djangoRows() throws SQLException {
        if (django == null || model == null) {
            return;
        }
        Django.Model is = Django.modelIn(model.app(), to).orElse(null);
        if (is == null) {
            pair.remark(
                    "Django knows the table as " + model.app() + "." + model.name() + ". The new name is not one that"
                            + " Django gives in this app, so its content types, permissions and migrations were left.");
            return;
        }
        pair.section("Django's own rows; they keep their ids, so what points at them stays true");
        String verbose = Objects.requireNonNullElse(request.verboseName(), is.name());
        django.rename(new Django.Change(model, is, verbose), pair);
        django.note(model.app(), request.djangoMigration(), "rename_" + model.name() + "_" + is.name(), pair);
    }

    private void keepColumns(List<ColumnPlan.Follow> others) {
        pair.section(
                "The old names of columns that point at it, kept equal by triggers. They need no foreign key: their new"
                        + " names have it.");
        KeptColumns columns = new KeptColumns(pair, taken, request.mark());
        others.forEach(other -> columns.keep(other.table(), other.columns()));
    }

    /** A query through a view locks the view before its table, and so does the way back. */
    private void lockBack(List<ColumnPlan.Follow> links, List<ColumnPlan.Follow> others) {
        List<String> locked = new ArrayList<>();
        others.forEach(other -> locked.add(other.table().sql()));
        links.forEach(link -> locked.add(link.table().sql(to(link.table()))));
        locked.add(table.sql(to));
        pair.section("All other locks");
        pair.change("", lock(locked));
    }

    private void keepTables(Map<String, String> own, List<ColumnPlan.Follow> links) throws SQLException {
        pair.section(
                "The old names, as views of plain columns: PostgreSQL passes INSERT, UPDATE, DELETE, RETURNING and ON"
                        + " CONFLICT on");
        OldView view = new OldView(pair, request.mark(), session.getMetaData().getDatabaseMajorVersion());
        view.keep(table, to, own);
        links.forEach(link -> view.keep(link.table(), to(link.table()), link.columns()));
    }
}
