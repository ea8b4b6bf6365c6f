package dev.belay.reversal;

import java.util.List;

/** What is granted on things that will be made later. */
final class DefaultPrivileges {

    private DefaultPrivileges() {}

    static void run(Work work) throws Work.BlockedException {
        for (SchemaObject is : List.copyOf(work.now().all())) {
            if (is.kind() == Kind.DEFAULT_PRIVILEGES) {
                SchemaObject was = work.predecessor(is);
                alter(work, is, was == null ? is.trait("normal") : was.trait("acl"), is.trait("acl"));
            }
        }
        for (SchemaObject was : work.gone()) {
            if (was.kind() == Kind.DEFAULT_PRIVILEGES) {
                alter(work, was, was.trait("acl"), was.trait("normal"));
            }
        }
    }

    private static void alter(Work work, SchemaObject one, String wanted, String found) throws Work.BlockedException {
        for (String sql : Grants.between(wanted, found, "ON " + one.trait("on"), "")) {
            work.safe("ALTER DEFAULT PRIVILEGES " + one.trait("for") + " " + sql);
        }
    }
}
