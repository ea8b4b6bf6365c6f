package dev.belay.rename;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.draft.ScriptPair;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps the old names of a table's columns usable: as columns of their own, which a trigger keeps equal. A table cannot have
 * a column under two names.
 */
final class KeptColumns {

    private final ScriptPair pair;
    private final Taken taken;
    private final String mark;

    KeptColumns(ScriptPair pair, Taken taken, String mark) {
        this.pair = pair;
        this.taken = taken;
        this.mark = mark;
    }

    /**
     * To be called when the columns, and what was named after them, have their new names.
     *
     * @param table as it was; it keeps its name
     * @param columns new names by old ones
     */
    void keep(Table table, Map<String, String> columns) {
        Map<String, String> kept = new LinkedHashMap<>();
        columns.forEach((old, name) -> {
            if (isKept(table, table.column(old))) {
                kept.put(old, name);
            }
        });
        if (kept.isEmpty()) {
            return;
        }
        kept.forEach((old, name) -> add(table, table.column(old), name));
        table.parts().stream()
                .filter(Part::isIndexed)
                .filter(part -> part.uses().stream().anyMatch(kept::containsKey))
                .filter(part ->
                        part.uses().stream().allMatch(use -> kept.containsKey(use) || !columns.containsKey(use)))
                .forEach(part -> copy(table, part));
        kept.forEach((old, name) -> keepEqual(table, table.column(old), name));
        pair.remark("To keep " + String.join(", ", kept.keySet()) + " of " + table.sql() + " usable, V adds "
                + (kept.size() == 1 ? "a column" : "columns")
                + " and writes the whole table and its indexes anew, under ACCESS EXCLUSIVE. Where that takes too long,"
                + " ask for \"keepOldNames\": false and deploy the code that uses the new names at the same moment.");
    }

    private boolean isKept(Table table, Column column) {
        String why = column.generated()
                ? "it is generated"
                : column.key()
                        ? "rows find their partition by it"
                        : column.comparable() ? "" : "its type knows no equality";
        if (!why.isEmpty()) {
            pair.limit("The old name of " + table.sql() + "." + quote(column.name()) + " is not kept, because " + why
                    + ": code that uses it has to change at the same moment.");
        }
        return why.isEmpty();
    }

    private void add(Table table, Column column, String name) {
        String old = quote(column.name());
        String check = taken.within(table, Part.Kind.CONSTRAINT, PostgresName.of(table.name(), column.name(), "check"));
        pair.change(
                "ALTER TABLE " + table.sql() + "\n    ADD COLUMN " + old + " " + column.type() + column.collation()
                        + " GENERATED ALWAYS AS (" + quote(name) + ") STORED,\n    ADD CONSTRAINT " + quote(check)
                        + " CHECK (" + old + " IS NOT DISTINCT FROM " + quote(name) + ")",
                "ALTER TABLE " + table.sql() + " DROP COLUMN " + old);
        pair.change("ALTER TABLE " + table.sql() + " ALTER COLUMN " + old + " DROP EXPRESSION", "");
        pair.change(
                "COMMENT ON COLUMN " + table.sql() + "." + old + " IS "
                        + literal("The old name of " + name + ", kept equal by a trigger. " + mark),
                "");
        column.grants().forEach(grant -> pair.change(grant.on(table.sql(), old), ""));
    }

    /** Its definition of before names the old columns; they go, and it with them. */
    private void copy(Table table, Part part) {
        String name = taken.relation(table.schema(), part.name());
        if (part.kind() == Part.Kind.INDEX) {
            String sql = named(part.definition(), part.name(), name);
            pair.change(sql.replaceFirst(" ON ONLY ", " ON "), "");
        } else {
            String definition =
                    part.isPrimaryKey() ? part.definition().replaceFirst("^PRIMARY KEY", "UNIQUE") : part.definition();
            pair.change("ALTER TABLE " + table.sql() + " ADD CONSTRAINT " + quote(name) + " " + definition, "");
        }
    }

    private static String named(String definition, String from, String name) {
        for (String shown : new String[] {from, quote(from)}) {
            for (String begin : new String[] {"CREATE INDEX ", "CREATE UNIQUE INDEX "}) {
                if (definition.startsWith(begin + shown + " ON ")) {
                    return begin + quote(name) + definition.substring(begin.length() + shown.length());
                }
            }
        }
        throw new IllegalStateException("not the definition of the index " + from + ": " + definition);
    }

    private void keepEqual(Table table, Column column, String name) {
        String function = quote(table.schema()) + "."
                + quote(taken.function(table.schema(), PostgresName.of(table.name(), "sync_" + column.name(), "")));
        String trigger = quote(
                taken.within(table, Part.Kind.TRIGGER, PostgresName.of(table.name(), "sync_" + column.name(), "")));
        pair.change(
                "CREATE FUNCTION " + function + "() RETURNS trigger\n    LANGUAGE plpgsql\nAS "
                        + Dollars.quoted(body(column, name)),
                "DROP FUNCTION " + function + "()");
        pair.change(
                "COMMENT ON FUNCTION " + function + "() IS " + literal("Keeps a column equal to its old name. " + mark),
                "");
        pair.change(
                "CREATE TRIGGER " + trigger + "\n    BEFORE INSERT OR UPDATE ON " + table.sql()
                        + "\n    FOR EACH ROW EXECUTE FUNCTION " + function + "("
                        + literal(column.name()).strip() + ", "
                        + literal(name).strip() + ")",
                "DROP TRIGGER " + trigger + " ON " + table.sql());
    }

    /** On INSERT either will do; on UPDATE the one that changed wins. */
    private static String body(Column column, String to) {
        String old = quote(column.name());
        String name = quote(to);
        String given = column.filled()
                // A value under the new name may be the default: whoever writes the old name means it.
                ? "        NEW." + name + " := coalesce(NEW." + old + ", NEW." + name + ");\n        NEW." + old
                        + " := NEW." + name + ";\n"
                : "        NEW." + name + " := coalesce(NEW." + name + ", NEW." + old + ");\n        NEW." + old
                        + " := coalesce(NEW." + old + ", NEW." + name + ");\n";
        return "\nBEGIN\n    IF TG_OP = 'INSERT' THEN\n" + given + "    ELSIF NEW." + name
                + " IS NOT DISTINCT FROM OLD." + name + " THEN\n        NEW." + name + " := NEW." + old
                + ";\n    ELSIF NEW." + old + " IS NOT DISTINCT FROM OLD." + old + " THEN\n        NEW." + old
                + " := NEW." + name + ";\n    END IF;\n    RETURN NEW;\nEND;\n";
    }
}
