package dev.belay.byhand;

import dev.belay.database.HistoryTable;
import dev.belay.database.ManagedDatabase;
import dev.belay.database.Script;
import dev.belay.postgres.ServerAddress;
import dev.belay.rehearsal.SalvagePlan;
import dev.belay.scope.Scope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way back by undo scripts: rollback.sh, and a file of SQL for each version. */
record RollbackScript(ManagedDatabase database, Scope scope, Duration lockTimeout, UUID job) {

    static final String NAME = "rollback.sh";

    /**
     * The files.
     *
     * @param salvage what the rehearsal saw going away; empty when it did not go back, and then nobody can
     */
    Map<String, String> files(Optional<SalvagePlan> salvage) throws SQLException {
        Map<String, String> files = new LinkedHashMap<>();
        if (salvage.isEmpty()) {
            files.put(
                    NAME,
                    Template.load("no-rollback.sh").text("job", job.toString()).filled());
            return files;
        }
        UndoSql sql = new UndoSql(database.role(), lockTimeout);
        StringBuilder versions = new StringBuilder();
        for (Scope.Step step : scope.newestFirst()) {
            Script undo = step.module().undoOf(step.version()).orElseThrow();
            List<SalvagePlan.Loss> losses = salvage.get().of(step.shown());
            String file = String.format(Locale.ROOT, "undo-%03d.sql", files.size() + 1);
            files.put(file, sql.of(step, undo, losses));
            versions.append(line(step, file, losses));
        }
        ServerAddress server = database.address().server();
        files.put(
                NAME,
                Template.load(NAME)
                        .text("job", job.toString())
                        .word("host", server.host())
                        .word("port", String.valueOf(server.port()))
                        .word("user", server.user())
                        .word("sslmode", server.tls().mode())
                        .word("live", database.address().name())
                        .text("versions", versions.toString())
                        .filled());
        return files;
    }

    private static String line(Scope.Step step, String file, List<SalvagePlan.Loss> losses) {
        String goes = losses.stream().map(SalvagePlan.Loss::shown).collect(Collectors.joining(", "));
        return Stream.of(
                        step.shown(),
                        new HistoryTable(step.module()).quotedName(),
                        step.version().getVersion(),
                        file,
                        goes)
                .map(Template::shellWord)
                .collect(Collectors.joining(" ", "    \"$1\" ", "\n"));
    }
}
