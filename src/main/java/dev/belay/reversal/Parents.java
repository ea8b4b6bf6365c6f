package dev.belay.reversal;

import java.util.Arrays;
import java.util.List;

/** Takes tables out of the parents and partitioned tables that they were put into, and puts them back. */
final class Parents {

    private final Work work;

    Parents(Work work) {
        this.work = work;
    }

    void detach() throws Work.BlockedException {
        for (SchemaObject is : List.copyOf(work.now().all())) {
            SchemaObject was = is.kind() == Kind.TABLE ? work.predecessor(is) : null;
            if (was != null) {
                detach(was, is);
            }
        }
    }

    private void detach(SchemaObject was, SchemaObject is) throws Work.BlockedException {
        String partitioned = is.trait("partition of");
        if (!partitioned.isEmpty() && !(was.same("partition of", is) && was.same("bound", is))) {
            work.safe("ALTER TABLE " + Tables.parents(work.now(), partitioned) + " DETACH PARTITION "
                    + work.now().nameOf(is));
        }
        for (String parent : oids(is.trait("inherits"))) {
            if (!work.nowOids(was.trait("inherits")).contains(parent)) {
                work.safe(Ddl.alter(work.now(), is) + " NO INHERIT " + Tables.parents(work.now(), parent));
            }
        }
    }

    void attach() throws Work.BlockedException {
        for (SchemaObject was : work.before().all()) {
            SchemaObject is = was.kind() == Kind.TABLE ? work.successor(was) : null;
            if (is != null) {
                attach(was, is);
            }
        }
    }

    private void attach(SchemaObject was, SchemaObject is) throws Work.BlockedException {
        String partitioned = was.trait("partition of");
        if (!partitioned.isEmpty() && is.trait("partition of").isEmpty()) {
            work.safe("ALTER TABLE " + Tables.parents(work.before(), partitioned) + " ATTACH PARTITION "
                    + work.now().nameOf(is) + " " + was.trait("bound"));
        }
        for (String parent : oids(was.trait("inherits"))) {
            if (!work.beforeOids(is.trait("inherits")).contains(parent)) {
                work.safe(Ddl.alter(work.now(), is) + " INHERIT " + Tables.parents(work.before(), parent));
            }
        }
    }

    private static List<String> oids(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
    }
}
