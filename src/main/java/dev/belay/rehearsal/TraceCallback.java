package dev.belay.rehearsal;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.sql.Statements;
import dev.belay.trace.Tracer;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Has Flyway tell the tracer of each statement, on the connection that runs it. */
final class TraceCallback implements Callback {

    private static final Set<Event> EVENTS = EnumSet.of(
            Event.BEFORE_EACH_MIGRATE, Event.BEFORE_EACH_MIGRATE_STATEMENT, Event.AFTER_EACH_MIGRATE_STATEMENT);

    private final Tracer tracer;
    private final ProjectModule module;
    private String file = "";
    private String text = "";
    private int from;

    TraceCallback(Tracer tracer, ProjectModule module) {
        this.tracer = tracer;
        this.module = module;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return EVENTS.contains(event);
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            if (event == Event.BEFORE_EACH_MIGRATE) {
                begin(context.getMigrationInfo().getScript());
            } else if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
                tracer.before(context.getConnection());
            } else {
                tracer.after(
                        context.getConnection(), place(context.getStatement().getSql()));
            }
        } catch (SQLException e) {
            throw new FlywayException("the statement could not be traced", e);
        }
    }

    private void begin(String script) {
        file = script;
        from = 0;
        text = module.scripts().stream()
                .filter(known -> known.file().equals(script))
                .findFirst()
                .map(Script::sql)
                .map(sql -> Statements.fill(sql, module.placeholders()))
                .orElse("");
    }

    private Tracer.Place place(String sql) {
        int found = text.indexOf(sql.strip(), from);
        int begin = found < 0 ? from : found;
        from = begin + (found < 0 ? 0 : sql.strip().length());
        return new Tracer.Place(module.name(), file, Statements.lineOfCode(text, begin), sql.strip());
    }

    @Override
    public String getCallbackName() {
        return "trace";
    }
}
