package dev.belay.reversal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A way back while it is made: each statement is run at once, so that the next is made from what is really there. */
final class Work {

    private final Structure before;
    private final Connection session;
    private final Set<String> leaveOut;
    private final boolean drafts;
    private final List<UndoStatement> statements = new ArrayList<>();
    private final Map<ObjectKey, ObjectKey> successors = new HashMap<>();
    private final Map<ObjectKey, ObjectKey> predecessors = new HashMap<>();
    private final Set<ObjectKey> initial = new HashSet<>();
    private Structure now;

    /** @param drafts whether it leads to a schema that is wanted, and not back to one that was there */
    Work(Structure before, Connection session, Set<String> leaveOut, boolean drafts) throws SQLException {
        this.before = before;
        this.session = session;
        this.leaveOut = leaveOut;
        this.drafts = drafts;
        this.now = new StructureReader(session, leaveOut).read();
        now.all().forEach(object -> initial.add(object.key()));
        match();
    }

    /** Says why there is no way back. */
    static final class BlockedException extends Exception {
        BlockedException(String why, SQLException cause) {
            super(why, cause);
        }
    }

    boolean drafts() {
        return drafts;
    }

    /** One of two wordings: that of an undo, or that of a draft. */
    String said(String ofUndo, String ofDraft) {
        return drafts ? ofDraft : ofUndo;
    }

    /** What tables that are listed by OID are now; those that are gone are left out. */
    Set<String> nowOids(String oids) {
        return oids(oids, successors);
    }

    /** What tables that are listed by OID were before; new ones are left out. */
    Set<String> beforeOids(String oids) {
        return oids(oids, predecessors);
    }

    private static Set<String> oids(String oids, Map<ObjectKey, ObjectKey> others) {
        Set<String> found = new java.util.LinkedHashSet<>();
        for (String oid : oids.isEmpty() ? List.<String>of() : List.of(oids.split(","))) {
            ObjectKey other = others.get(new ObjectKey("pg_class", Long.parseLong(oid), 0));
            if (other != null) {
                found.add(Long.toString(other.oid()));
            }
        }
        return found;
    }

    Structure before() {
        return before;
    }

    Structure now() {
        return now;
    }

    List<UndoStatement> statements() {
        return statements;
    }

    void reread() throws SQLException {
        now = new StructureReader(session, leaveOut).read();
        match();
    }

    Tally count(SchemaObject table) throws SQLException {
        return Tally.of(session, now, table);
    }

    /** The answer to a question that is yes or no. */
    boolean ask(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    void safe(String sql) throws BlockedException {
        run(UndoStatement.safe(sql));
    }

    void safe(String sql, String why) throws BlockedException {
        run(UndoStatement.safe(sql, why));
    }

    void run(UndoStatement next) throws BlockedException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(next.sql());
        } catch (SQLException e) {
            throw new BlockedException(
                    "PostgreSQL refuses " + shortened(next.sql()) + ": "
                            + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "),
                    e);
        }
        statements.add(next);
    }

    /** Nothing leads back from this; what else there is to be said is still found out. */
    void irreversible(String why) {
        UndoStatement said = new UndoStatement("", Mark.IRREVERSIBLE, why, 0, 0);
        if (!statements.contains(said)) {
            statements.add(said);
        }
    }

    private static String shortened(String sql) {
        String line = sql.replaceAll("\\s+", " ");
        return line.length() > 100 ? line.substring(0, 100) + "…" : line;
    }

    /** What an object of before is now; null when it is gone. */
    @Nullable
    SchemaObject successor(SchemaObject was) {
        return now.find(successors.get(was.key()));
    }

    /** What an object of now was before; null when it is new. */
    @Nullable
    SchemaObject predecessor(SchemaObject is) {
        return before.find(predecessors.get(is.key()));
    }

    /** What the script has made. */
    List<SchemaObject> added() {
        return now.all().stream()
                .filter(object -> !predecessors.containsKey(object.key()))
                .toList();
    }

    List<SchemaObject> gone() {
        return before.all().stream()
                .filter(object -> !successors.containsKey(object.key()))
                .toList();
    }

    /** By OID; what was dropped and made again, and holds no rows, by its name. */
    private void match() {
        successors.clear();
        predecessors.clear();
        for (SchemaObject was : before.all()) {
            SchemaObject is = now.find(was.key());
            if (is != null && is.kind() == was.kind()) {
                pair(was, is);
            }
        }
        // what belongs to something that was made again is found once that is
        matchByName();
        matchByName();
        if (drafts) {
            matchFollowers();
        }
    }

    /** PostgreSQL itself names a new identity's sequence and a new partition's index. */
    private void matchFollowers() {
        for (SchemaObject was : before.all()) {
            if (was.followsAnother() && !successors.containsKey(was.key()) && was.kind() != Kind.ENUM_LABEL) {
                now.all().stream()
                        .filter(is -> is.kind() == was.kind()
                                && !initial.contains(is.key())
                                && !predecessors.containsKey(is.key())
                                && isLedBySame(was, is))
                        .findFirst()
                        .ifPresent(is -> pair(was, is));
            }
        }
    }

    private boolean isLedBySame(SchemaObject was, SchemaObject is) {
        if (was.kind() == Kind.SEQUENCE) {
            return leader(before, was) != null
                    && java.util.Objects.equals(successors.get(leader(before, was)), leader(now, is));
        }
        return was.kind() == Kind.INDEX
                && was.parent() != null
                && java.util.Objects.equals(successors.get(was.parent()), is.parent())
                && nowOids(was.trait("attached")).contains(is.trait("attached"));
    }

    private static @Nullable ObjectKey leader(Structure in, SchemaObject sequence) {
        return in.usedBy(sequence).stream()
                .filter(key -> key.sub() > 0)
                .findFirst()
                .orElse(null);
    }

    private void matchByName() {
        Map<String, SchemaObject> unmatched = new HashMap<>();
        for (SchemaObject is : now.all()) {
            if (!predecessors.containsKey(is.key()) && isMatchedByName(now, is)) {
                unmatched.put(placeOf(is, false), is);
            }
        }
        for (SchemaObject was : before.all()) {
            SchemaObject is = successors.containsKey(was.key()) ? null : unmatched.remove(placeOf(was, true));
            if (is != null) {
                pair(was, is);
            }
        }
    }

    private void pair(SchemaObject was, SchemaObject is) {
        successors.put(was.key(), is.key());
        predecessors.put(is.key(), was.key());
    }

    /** Tables and types that the script made are new, whatever their names; what the way back has made is not. */
    private boolean isMatchedByName(Structure in, SchemaObject object) {
        return switch (object.kind()) {
            case SEQUENCE -> !drafts || !initial.contains(object.key());
            case EXTENSION, DEFAULT_PRIVILEGES, OTHER -> true;
            case COLUMN ->
                !initial.contains(object.key()) || in.parentOf(object).kind().isRemade();
            default -> object.kind().isRemade() || !initial.contains(object.key());
        };
    }

    private String placeOf(SchemaObject object, boolean isBefore) {
        ObjectKey parent = object.parent();
        ObjectKey place = isBefore && parent != null ? successors.getOrDefault(parent, parent) : parent;
        ObjectKey schema = new ObjectKey("pg_namespace", object.schemaOid(), 0);
        return object.kind() + " " + (isBefore ? successors.getOrDefault(schema, schema) : schema) + " " + place + " "
                + object.name() + " " + object.trait("arguments") + object.trait("for") + object.trait("on");
    }
}
