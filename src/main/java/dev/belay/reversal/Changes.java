package dev.belay.reversal;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Finds what is defined otherwise than before. To be asked when the names are back. */
final class Changes {

    /** The trait of what is wanted whoever owns it and whatever is granted on it. */
    static final String ANY_OWNER = "any owner";

    /** What is no difference: OIDs of what was made again, and what other traits tell too. */
    private static final Set<String> ASIDE =
            Set.of("shape", "of", "internal", "normal", "place", "attached", "arguments", "inherited", ANY_OWNER);

    private final Work work;

    Changes(Work work) {
        this.work = work;
    }

    /** The traits in which two states of one object differ. */
    static Set<String> differing(SchemaObject was, SchemaObject is) {
        Set<String> traits = new TreeSet<>(was.traits().keySet());
        traits.addAll(is.traits().keySet());
        traits.removeAll(ASIDE);
        traits.removeIf(trait -> was.same(trait, is));
        if (was.is(ANY_OWNER)) {
            traits.remove("owner");
            traits.remove("acl");
        }
        return traits;
    }

    /** What has to be dropped before columns change, and is made again afterwards. */
    Set<SchemaObject> inTheWay() {
        Collection<SchemaObject> retyped =
                work.now().all().stream().filter(this::isRetyped).toList();
        Set<SchemaObject> seeds = new LinkedHashSet<>(work.now().withUsers(retyped, Changes::holdsColumns));
        seeds.removeAll(retyped);
        Set<ObjectKey> columns = new LinkedHashSet<>();
        retyped.forEach(column -> columns.add(column.key()));
        redefined().stream()
                .filter(object ->
                        !isRebuilt(object) || work.now().usedBy(object).stream().noneMatch(columns::contains))
                .forEach(seeds::add);
        work.now().all().stream().filter(this::isReshaped).forEach(seeds::add);
        return withUsers(seeds);
    }

    /** What has to be made again when everything else is as it was. */
    Set<SchemaObject> changed() {
        return withUsers(redefined());
    }

    private Set<SchemaObject> withUsers(Collection<SchemaObject> seeds) {
        return work.now().withUsers(seeds, user -> user.kind().isRemade() && !user.followsAnother());
    }

    private List<SchemaObject> redefined() {
        return work.now().all().stream()
                .filter(is -> is.kind().isRemade() && is.kind() != Kind.ROUTINE && !is.followsAnother())
                .filter(is -> {
                    SchemaObject was = work.predecessor(is);
                    return was != null && !was.same("def", is);
                })
                .toList();
    }

    /** PostgreSQL rebuilds these itself when a column's type changes. */
    private static boolean isRebuilt(SchemaObject object) {
        return object.kind() == Kind.CONSTRAINT || object.kind() == Kind.INDEX || object.kind() == Kind.STATISTICS;
    }

    /** PostgreSQL changes no column's type as long as one of these uses it. */
    private static boolean holdsColumns(SchemaObject user) {
        return switch (user.kind()) {
            case VIEW, MATERIALIZED_VIEW, RULE, TRIGGER, POLICY -> true;
            default -> false;
        };
    }

    private boolean isRetyped(SchemaObject is) {
        SchemaObject was = is.kind() == Kind.COLUMN ? work.predecessor(is) : null;
        return was != null
                && !work.now().parentOf(is).kind().isRemade()
                && !(was.same("type", is) && was.same("collation", is));
    }

    /** Whether CREATE OR REPLACE cannot make it what it was. */
    private boolean isReshaped(SchemaObject is) {
        SchemaObject was = is.kind() == Kind.ROUTINE ? work.predecessor(is) : null;
        return was != null && !was.same("shape", is) && !was.same("def", is);
    }

    void replaceRoutines() throws Work.BlockedException {
        for (SchemaObject was : work.before().all()) {
            SchemaObject is = was.kind() == Kind.ROUTINE ? work.successor(was) : null;
            if (is != null && !was.same("def", is) && Objects.equals(was.kind(), is.kind())) {
                if (was.is("aggregate")) {
                    work.irreversible("the aggregate " + work.before().nameOf(was) + " was another one");
                } else {
                    work.safe(Ddl.withoutSemicolon(was.trait("def")));
                }
            }
        }
    }
}
