package dev.belay.reversal;

import dev.belay.postgres.Identifiers;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Owners, privileges, comments and settings, also of what was made again. */
final class Attributes {

    private final Work work;

    Attributes(Work work) {
        this.work = work;
    }

    void run() throws SQLException, Work.BlockedException {
        boolean owners = false;
        for (SchemaObject was : work.before().all()) {
            SchemaObject is = work.successor(was);
            if (is != null
                    && !was.same("owner", is)
                    && !was.is(Changes.ANY_OWNER)
                    && is.trait("owned by").isEmpty()
                    && !is.is("internal")) {
                work.safe(Ddl.alter(work.now(), is) + " OWNER TO " + was.trait("owner"));
                owners = true;
            }
        }
        if (owners) {
            work.reread();
        }
        for (SchemaObject was : work.before().all()) {
            SchemaObject is = work.successor(was);
            if (is != null) {
                for (String trait : Changes.differing(was, is)) {
                    set(trait, was, is);
                }
            }
        }
        DefaultPrivileges.run(work);
    }

    private void set(String trait, SchemaObject was, SchemaObject is) throws Work.BlockedException {
        String alter = Ddl.alter(work.now(), is);
        String value = was.trait(trait);
        switch (trait) {
            case "comment" ->
                work.safe("COMMENT ON " + is.kind().word() + " " + work.now().nameOf(is) + " IS "
                        + (value.isEmpty() ? "NULL" : Identifiers.literal(value)));
            case "acl" -> {
                if (is.kind() != Kind.DEFAULT_PRIVILEGES) {
                    grant(was, is);
                }
            }
            case "persistence" -> work.safe(alter + " SET " + value);
            case "access method" -> work.safe(alter + " SET ACCESS METHOD " + value);
            case "row security" -> work.safe(alter + (was.is(trait) ? " ENABLE" : " DISABLE") + " ROW LEVEL SECURITY");
            case "forced row security" ->
                work.safe(alter + (was.is(trait) ? " FORCE" : " NO FORCE") + " ROW LEVEL SECURITY");
            case "replica identity" -> work.safe(alter + " REPLICA IDENTITY " + value);
            case "options" -> options(was, is);
            case "parameters" -> work.safe(alter + " " + value);
            case "owned by" -> ownedBy(was, is, alter);
            case "enabled" -> enable(is, value);
            case "clustered" -> cluster(was, is);
            case "version" -> work.safe(alter + " UPDATE TO " + Identifiers.literal(value));
            case "default", "not null" -> domain(trait, was, is, alter);
            case "storage", "compression", "statistics" -> setting(trait, was, is);
            default -> {
                // what has no ALTER is told when everything is compared at the end
            }
        }
    }

    private void grant(SchemaObject was, SchemaObject is) throws Work.BlockedException {
        boolean isColumn = is.kind() == Kind.COLUMN;
        SchemaObject whole = isColumn ? work.now().parentOf(is) : is;
        String word = switch (whole.kind()) {
            case VIEW, MATERIALIZED_VIEW, FOREIGN_TABLE -> "TABLE";
            default -> whole.kind().word();
        };
        for (String sql : Grants.between(
                was.trait("acl"),
                is.trait("acl"),
                "ON " + word + " " + work.now().nameOf(whole),
                isColumn ? " (" + is.name() + ")" : "")) {
            work.safe(sql);
        }
    }

    private void options(SchemaObject was, SchemaObject is) throws Work.BlockedException {
        Map<String, String> wanted = parsed(was.trait("options"));
        Map<String, String> found = parsed(is.trait("options"));
        String alter = is.kind() == Kind.COLUMN
                ? Ddl.alterWhole(work.now(), is) + " ALTER COLUMN " + is.name()
                : Ddl.alter(work.now(), is);
        Set<String> extra = new TreeSet<>(found.keySet());
        extra.removeAll(wanted.keySet());
        if (!extra.isEmpty()) {
            work.safe(alter + " RESET (" + String.join(", ", extra) + ")");
        }
        List<String> set = wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(found.get(entry.getKey())))
                .map(entry -> entry.getKey() + " = " + Identifiers.literal(entry.getValue()))
                .toList();
        if (!set.isEmpty()) {
            work.safe(alter + " SET (" + String.join(", ", set) + ")");
        }
    }

    private static Map<String, String> parsed(String options) {
        Map<String, String> found = new LinkedHashMap<>();
        options.lines().forEach(line -> {
            int at = line.indexOf('=');
            found.put(line.substring(0, at), line.substring(at + 1));
        });
        return found;
    }

    private void ownedBy(SchemaObject was, SchemaObject is, String alter) throws Work.BlockedException {
        String column = was.trait("owned by");
        work.safe(alter + " OWNED BY " + (column.isEmpty() ? "NONE" : column));
        if (!column.isEmpty() && !was.key().equals(is.key())) {
            for (ObjectKey key : work.before().usedBy(was)) {
                SchemaObject owner = key.sub() > 0 ? work.before().find(key) : null;
                if (owner != null && !Pairing.isFresh(owner.key())) {
                    work.safe(ColumnChanges.moveOn(work.before(), owner));
                }
            }
        }
    }

    private void enable(SchemaObject is, String value) throws Work.BlockedException {
        String how = switch (value) {
            case "D" -> " DISABLE";
            case "R" -> " ENABLE REPLICA";
            case "A" -> " ENABLE ALWAYS";
            default -> " ENABLE";
        };
        work.safe(
                is.kind() == Kind.EVENT_TRIGGER
                        ? Ddl.alter(work.now(), is) + how
                        : Ddl.alterWhole(work.now(), is) + how + " " + is.kind().word() + " " + is.name());
    }

    private void cluster(SchemaObject was, SchemaObject is) throws Work.BlockedException {
        String alter = Ddl.alterWhole(work.now(), is);
        work.safe(was.is("clustered") ? alter + " CLUSTER ON " + is.name() : alter + " SET WITHOUT CLUSTER");
    }

    private void domain(String trait, SchemaObject was, SchemaObject is, String alter) throws Work.BlockedException {
        if (is.kind() == Kind.DOMAIN && trait.equals("default")) {
            String value = was.trait(trait);
            work.safe(alter + (value.isEmpty() ? " DROP DEFAULT" : " SET DEFAULT " + value));
        } else if (is.kind() == Kind.DOMAIN) {
            work.safe(alter + (was.is(trait) ? " SET" : " DROP") + " NOT NULL");
        } else if (is.kind() == Kind.COLUMN
                && trait.equals("default")
                && work.now().parentOf(is).kind() == Kind.VIEW) {
            String value = was.trait(trait);
            work.safe(Ddl.alterWhole(work.now(), is) + " ALTER COLUMN " + is.name()
                    + (value.isEmpty() ? " DROP DEFAULT" : " SET DEFAULT " + value));
        }
    }

    private void setting(String trait, SchemaObject was, SchemaObject is) throws Work.BlockedException {
        String value = was.trait(trait);
        if (is.kind() == Kind.STATISTICS) {
            work.safe(Ddl.alter(work.now(), is) + " SET STATISTICS " + value);
        } else {
            String shown = value.isEmpty() ? "default" : value;
            work.safe(Ddl.alterWhole(work.now(), is) + " ALTER COLUMN " + is.name() + " SET "
                    + trait.toUpperCase(java.util.Locale.ROOT) + " " + shown);
        }
    }
}
