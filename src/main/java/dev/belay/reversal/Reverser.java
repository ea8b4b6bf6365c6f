package dev.belay.reversal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes the way back: it runs each statement on the database that the script has changed, looks what is left to do, and at
 * the end rolls everything back. So that no text is compared in which only a name is another, names come back first.
 */
public final class Reverser {

    private static final int SHOWN = 5;

    private final Work work;

    private Reverser(Work work) {
        this.work = work;
    }

    /**
     * What takes back all that happened to the schema since it was remembered. The database is left as it was; nobody
     * else may use it meanwhile.
     *
     * @param before of the same database or of one that it is a file copy of
     * @param session as the role that will run the statements; not within a transaction
     * @param leaveOut tables that do not count, such as {@code public.flyway_schema_history}, unquoted
     */
    public static Reversal reverse(Structure before, Connection session, Set<String> leaveOut) throws SQLException {
        return made(before, session, leaveOut, false);
    }

    /**
     * What leads from the schema there is to one that is wanted. The database is left as it was; nobody else may use it
     * meanwhile.
     *
     * @param wanted by the identities of the session's database; see {@link Pairing}
     * @param session as the role that will run the statements; not within a transaction
     * @param leaveOut tables that do not count, such as {@code public.flyway_schema_history}, unquoted
     */
    public static Reversal draft(Structure wanted, Connection session, Set<String> leaveOut) throws SQLException {
        return made(wanted, session, leaveOut, true);
    }

    private static Reversal made(Structure before, Connection session, Set<String> leaveOut, boolean drafts)
            throws SQLException {
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            Work work = new Work(before, session, leaveOut, drafts);
            statement.execute("SET LOCAL check_function_bodies = off");
            return new Reversal(work.statements(), new Reverser(work).obstacle());
        } finally {
            session.rollback();
            session.setAutoCommit(true);
        }
    }

    private @Nullable String obstacle() throws SQLException {
        try {
            run();
            return leftOver();
        } catch (Work.BlockedException e) {
            return e.getMessage();
        }
    }

    private void run() throws SQLException, Work.BlockedException {
        Drops drops = new Drops(work);
        Changes changes = new Changes(work);
        Names names = new Names(work);
        Creations creations = new Creations(work, names);
        new Parents(work).detach();
        drops.dropRemade(drops.addedWithUsers());
        work.reread();
        drops.dropUnused();
        work.reread();
        creations.create(object -> object.kind() == Kind.SCHEMA);
        work.reread();
        new Renames(work, names).run();
        work.reread();
        drops.dropRemade(changes.inTheWay());
        work.reread();
        // a column's type can only change as long as none is generated from it
        creations.create(
                object -> holdsOrDoes(object) && object.trait("generated").isEmpty());
        work.reread();
        new EnumValues(work).add();
        new ColumnChanges(work).run();
        creations.create(Reverser::holdsOrDoes);
        changes.replaceRoutines();
        work.reread();
        drops.dropRest();
        work.reread();
        drops.dropRemade(changes.changed());
        work.reread();
        new Parents(work).attach();
        creations.create(object -> object.kind().isRemade());
        work.reread();
        if (work.drafts()) {
            // what PostgreSQL has named itself
            new Renames(work, names).run();
        }
        new Attributes(work).run();
        work.reread();
    }

    private static boolean holdsOrDoes(SchemaObject object) {
        return !object.kind().isRemade() || object.kind() == Kind.ROUTINE;
    }

    /** What is not as it was. */
    private @Nullable String leftOver() {
        Set<String> left = new TreeSet<>();
        work.added().forEach(object -> left.add(shown(work.now(), object) + " is left over"));
        for (SchemaObject was : work.before().all()) {
            SchemaObject is = work.successor(was);
            if (is == null) {
                left.add(shown(work.before(), was) + work.said(" does not come back", " cannot be made"));
            } else if (!is.name().equals(was.name()) || !is.schema().equals(was.schema())) {
                left.add(shown(work.before(), was) + " is named " + is.name());
            } else {
                columnOrder(was, is, left);
                Changes.differing(was, is).stream()
                        .filter(trait -> !hasSameParents(trait, was, is))
                        .map(trait -> shown(work.before(), was) + ": " + trait + " is another")
                        .forEach(left::add);
            }
        }
        List<String> first = left.stream().limit(SHOWN).toList();
        return left.isEmpty()
                ? null
                : String.join("; ", first) + (left.size() > SHOWN ? "; and " + (left.size() - SHOWN) + " more" : "");
    }

    /** A parent that was made again has another OID. */
    private boolean hasSameParents(String trait, SchemaObject was, SchemaObject is) {
        return (trait.equals("partition of") || trait.equals("inherits"))
                && String.join(",", work.nowOids(was.trait(trait))).equals(is.trait(trait));
    }

    /** A column that was dropped comes back as the last one. */
    private void columnOrder(SchemaObject was, SchemaObject is, Set<String> left) {
        if (!work.drafts()
                && was.kind() == Kind.TABLE
                && !columns(work.before(), was).equals(columns(work.now(), is))) {
            left.add("the columns of " + shown(work.before(), was) + " are in another order");
        }
    }

    private static List<String> columns(Structure structure, SchemaObject table) {
        return structure.partsOf(table).stream()
                .filter(part -> part.kind() == Kind.COLUMN)
                .map(SchemaObject::name)
                .toList();
    }

    private static String shown(Structure structure, SchemaObject object) {
        String word = object.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return word + " " + structure.nameOf(object);
    }
}
