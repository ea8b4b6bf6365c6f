package dev.belay.reset;

import dev.belay.database.DatabaseRegistry;
import dev.belay.database.ManagedDatabase;
import dev.belay.run.JobContext;
import dev.belay.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks what is in the emptied tables: nothing, or what applications have written since. */
@ApplicationScoped
class VerifyFlushStep implements Step {

    private final DatabaseRegistry databases;

    VerifyFlushStep(DatabaseRegistry databases) {
        this.databases = databases;
    }

    @Override
    public String name() {
        return "verify";
    }

    @Override
    public void run(JobContext job) throws Exception {
        ManagedDatabase database = databases.require(job.database());
        List<String> written = new ArrayList<>();
        try (Connection session = database.address().open()) {
            for (String table : job.need(Flushed.class).tables()) {
                if (table.startsWith("ONLY ") && hasRows(session, table)) {
                    written.add(table.substring("ONLY ".length()));
                }
            }
        }
        job.result("writtenSince", written);
        job.detail(
                written.isEmpty()
                        ? "every table is empty, the schema is the same"
                        : "the schema is the same; applications have written since to " + String.join(", ", written));
    }

    private static boolean hasRows(Connection session, String table) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT FROM " + table + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
