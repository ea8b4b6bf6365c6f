package dev.belay.audit;

import dev.belay.audit.Audit.FilterCount;
import dev.belay.audit.Audit.TableFacts;
import dev.belay.catalog.Identities;
import dev.belay.catalog.TableIdentity;
import dev.belay.database.ProjectChecks;
import dev.belay.database.Script;
import dev.belay.postgres.Monitor;
import dev.belay.scope.Scope;
import dev.belay.sql.Statements;
import dev.belay.sql.Words;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads all that an audit consists of, in one session. */
final class AuditReader {

    private final AuditSession session;
    private final AuditPlan plan;
    private final Scope scope;
    private final Monitor monitor;

    AuditReader(AuditSession session, AuditPlan plan, Scope scope, Monitor monitor) {
        this.session = session;
        this.plan = plan;
        this.scope = scope;
        this.monitor = monitor;
    }

    Audit read(Instant now) throws SQLException {
        List<TableIdentity> identities = Identities.read(session.connection());
        Shapes shapes = new Shapes(identities, TableKey.all(session));
        Collection<TableShape> touched =
                (scope.parts().isEmpty() ? ofProject(identities, shapes) : named(shapes)).values();
        List<TableFacts> tables = new ArrayList<>();
        for (TableShape table : touched) {
            monitor.progress(
                    0.7 * tables.size() / touched.size(),
                    "counting " + table.key().table());
            tables.add(new FactReader(session).table(table));
        }
        Circumstances circumstances = new Circumstances(
                session, touched.stream().map(table -> table.original().oid()).toList());
        return new Audit(
                now,
                tables,
                filters(),
                new DemandReader(session, shapes, monitor).read(scope),
                circumstances.unindexedForeignKeys(),
                circumstances.sequences(),
                circumstances.longTransactions());
    }

    private List<FilterCount> filters() throws SQLException {
        session.useScriptPath(plan.schemas());
        List<FilterCount> counts = new ArrayList<>();
        for (ProjectChecks.Filter filter : plan.filters()) {
            monitor.progress(0.75, "counting " + filter.name());
            counts.add(new FactReader(session).filter(filter));
        }
        session.useEmptyPath();
        return counts;
    }

    private static Map<String, TableShape> byName() {
        return new TreeMap<>();
    }

    private Map<String, TableShape> ofProject(List<TableIdentity> identities, Shapes shapes) {
        Map<String, TableShape> found = byName();
        for (TableIdentity table : identities) {
            if (plan.schemas().contains(table.schema())) {
                shapes.find(List.of(table.schema(), table.name()))
                        .ifPresent(shape -> found.put(shape.key().table(), shape));
            }
        }
        return found;
    }

    /** The tables that the scripts have words for, and those that filters are about. */
    private Map<String, TableShape> named(Shapes shapes) throws SQLException {
        Map<String, TableShape> found = byName();
        for (Scope.Part part : scope.parts()) {
            shapes.usePath(session.useScriptPath(List.of(part.module().schema())));
            for (Script script : part.module().scripts()) {
                if (part.files().contains(script.file())) {
                    String sql = Statements.fill(script.sql(), part.module().placeholders());
                    Words.in(sql).forEach(words -> add(words, shapes, found));
                }
            }
        }
        shapes.usePath(session.useScriptPath(plan.schemas()));
        FactReader.tables(plan.filters()).forEach(name -> add(name, shapes, found));
        session.useEmptyPath();
        return found;
    }

    /** {@code a.b} may be a table in a schema or a column of a table. */
    private static void add(List<String> words, Shapes shapes, Map<String, TableShape> found) {
        for (int parts = 1; parts <= Math.min(2, words.size()); parts++) {
            shapes.find(words.subList(0, parts))
                    .ifPresent(shape -> found.put(shape.key().table(), shape));
        }
    }
}
