package dev.belay.byhand;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.database.HistoryTable;
import dev.belay.database.Script;
import dev.belay.postgres.Identifiers;
import dev.belay.rehearsal.SalvagePlan;
import dev.belay.scope.Scope;
import dev.belay.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What psql runs to take one version back: the same as Belay does, in one transaction where PostgreSQL lets it. */
final class UndoSql {

    /** A name has 63 bytes at most; the moment and the number come before it. */
    private static final int LONGEST_STEM = 40;

    private final String role;
    private final Duration lockTimeout;

    UndoSql(String role, Duration lockTimeout) {
        this.role = role;
        this.lockTimeout = lockTimeout;
    }

    String of(Scope.Step step, Script script, List<SalvagePlan.Loss> losses) throws SQLException {
        String undo = Statements.fill(script.sql(), step.module().placeholders());
        boolean together = Statements.split(undo).stream().noneMatch(Statements.Statement::needsAutocommit);
        StringBuilder sql = new StringBuilder();
        sql.append("-- Takes back ")
                .append(Template.oneLine(step.shown()))
                .append(". Run by rollback.sh, which sets :tag.\n")
                .append("\\set ON_ERROR_STOP on\nSET lock_timeout = ")
                .append(lockTimeout.toMillis())
                .append(";\nBEGIN;\n");
        sql.append(refusal(step));
        sql.append(salvage(losses));
        if (!together) {
            sql.append("\n-- The script has statements that PostgreSQL does not run inside a transaction.\nCOMMIT;\n");
        }
        sql.append("\n-- As the role and with the search path that scripts have.\nSET ROLE ")
                .append(quote(role))
                .append(";\nSELECT set_config('search_path', quote_ident(")
                .append(literal(step.module().schema()))
                .append(") || coalesce(', ' || nullif(current_setting('search_path'), ''), ''), false);\n")
                .append("\n-- ")
                .append(Template.oneLine(script.file()))
                .append(", with its placeholders filled.\n")
                .append(undo)
                .append("\n;\n");
        sql.append(history(step)).append(together ? "COMMIT;\n" : "");
        return sql.toString();
    }

    /** Under a lock, so that what is found still holds when the script runs. */
    private static String refusal(Scope.Step step) {
        String history = new HistoryTable(step.module()).quotedName();
        String version = literal(step.version().getVersion());
        String body = """

                DECLARE
                    entry record;
                    newer text;
                BEGIN
                    SELECT * INTO entry FROM %1$s WHERE version = %2$s ORDER BY installed_rank DESC LIMIT 1;
                    IF NOT FOUND OR entry.type = 'DELETE' THEN
                        RAISE EXCEPTION 'The history says that this version is not applied. Nothing was changed.';
                    END IF;
                    IF NOT entry.success THEN
                        RAISE EXCEPTION 'The history says that this version failed half-way. Nothing was changed.';
                    END IF;
                    SELECT string_agg(version, ', ' ORDER BY installed_rank) INTO newer
                    FROM (SELECT DISTINCT ON (version) version, type, installed_rank FROM %1$s
                          WHERE version IS NOT NULL ORDER BY version, installed_rank DESC) last
                    WHERE type <> 'DELETE' AND installed_rank > entry.installed_rank;
                    IF newer IS NOT NULL THEN
                        RAISE EXCEPTION 'Newer versions are applied (%%), which have to be taken back first. Nothing was changed.',
                            newer;
                    END IF;
                END
                """.formatted(history, version);
        String tag = dollarTag(body);
        return "\n-- Only what is applied, and nothing newer with it.\nLOCK TABLE " + history
                + " IN SHARE ROW EXCLUSIVE MODE;\nDO " + tag + body + tag + ";\n";
    }

    private static String salvage(List<SalvagePlan.Loss> losses) {
        if (losses.isEmpty()) {
            return "\n-- Nothing goes away with it that could hold values.\n";
        }
        String tables = losses.stream().map(loss -> literal(source(loss))).collect(Collectors.joining(", "));
        StringBuilder sql =
                new StringBuilder("\n-- What goes away with it is copied first. Tables are locked in the order"
                        + " in which applications lock them.\nSELECT 'LOCK TABLE ' || array_to_string(ARRAY(\n"
                        + SalvagePlan.LOCK_ORDER.replace("?::text[]", "ARRAY[" + tables + "]::text[]")
                        + "), ', ') || ' IN ACCESS EXCLUSIVE MODE' \\gexec\n");
        losses.forEach(loss -> sql.append(copy(loss)));
        return sql.toString();
    }

    private static String copy(SalvagePlan.Loss loss) {
        Set<String> columns = new LinkedHashSet<>(loss.key());
        columns.addAll(loss.columns());
        String list = columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
        String name =
                ":'tag' || " + literal("_" + loss.number() + "_" + Identifiers.shortened(loss.table(), LONGEST_STEM));
        String comment = "What rollback.sh took with " + loss.version() + " from " + loss.schema() + "." + loss.table();
        String target = "SELECT '%s " + SalvagePlan.SCHEMA + ".' || quote_ident(" + name + ") || ";
        String hasRows = "WHERE EXISTS (SELECT FROM " + source(loss) + ") \\gexec\n";
        return "\n-- " + Template.oneLine(loss.shown()) + "\nSELECT 'CREATE SCHEMA IF NOT EXISTS " + SalvagePlan.SCHEMA
                + "' " + hasRows
                + target.replace("%s", "CREATE TABLE") + literal(" AS SELECT " + list + " FROM " + source(loss)) + "\n"
                + hasRows
                + target.replace("%s", "COMMENT ON TABLE") + literal(" IS " + literal(comment)) + "\n" + hasRows;
    }

    private static String history(Scope.Step step) {
        String history = new HistoryTable(step.module()).quotedName();
        return "\n-- The history is kept whole: the row says that the version was taken back.\nINSERT INTO " + history
                + " (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)\n"
                + "SELECT (SELECT max(installed_rank) + 1 FROM " + history
                + "), version, description, 'DELETE', script,"
                + " checksum, current_user,\n"
                + "    (extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::int, true\nFROM "
                + history + " WHERE version = " + literal(step.version().getVersion())
                + " AND success AND type NOT IN ('DELETE', 'SCHEMA')\nORDER BY installed_rank DESC LIMIT 1;\n";
    }

    private static String source(SalvagePlan.Loss loss) {
        return quote(loss.schema()) + "." + quote(loss.table());
    }

    /** One that is not in the text. */
    private static String dollarTag(String body) {
        String tag = "$belay$";
        for (int i = 1; body.contains(tag); i++) {
            tag = "$belay" + i + "$";
        }
        return tag;
    }
}
