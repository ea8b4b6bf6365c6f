package dev.belay.script;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Calls a hook after each script, on Flyway's connection and in its transaction, where a failure rolls it back. */
public final class BeforeCommit implements Callback {

    private final ScriptRunner.Hook hook;

    public BeforeCommit(ScriptRunner.Hook hook) {
        this.hook = hook;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            Connection session = context.getConnection();
            hook.run(session);
        } catch (SQLException e) {
            throw new FlywayException("the look before the commit failed", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "before-commit";
    }
}
