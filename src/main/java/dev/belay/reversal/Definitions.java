package dev.belay.reversal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pairs what holds no rows and is called otherwise, by a definition that is equal but for names that are paired. */
final class Definitions {

    private final Pairing pairing;
    private final Renamed renamed = new Renamed();

    Definitions(Pairing pairing) {
        this.pairing = pairing;
    }

    void pair() {
        for (SchemaObject is : pairing.live().all()) {
            SchemaObject to = pairing.wantedOf(is);
            if (to != null) {
                renamed.remember(pairing.live(), is, pairing.target(), to);
            }
        }
        List<SchemaObject> open = new ArrayList<>();
        for (SchemaObject to : pairing.target().all()) {
            if (isPairable(to) && pairing.liveOf(to) == null) {
                open.add(to);
            }
        }
        for (SchemaObject is : pairing.live().all()) {
            if (isPairable(is) && pairing.wantedOf(is) == null) {
                open.stream().filter(to -> isSame(is, to)).findFirst().ifPresent(to -> {
                    pairing.pair(is, to);
                    open.remove(to);
                });
            }
        }
    }

    /** Whether its definition says all of it but its name. */
    static boolean isPairable(SchemaObject object) {
        return switch (object.kind()) {
            case CONSTRAINT, INDEX, TRIGGER, POLICY, RULE, DOMAIN_CONSTRAINT, STATISTICS -> !object.followsAnother();
            default -> false;
        };
    }

    private boolean isSame(SchemaObject is, SchemaObject to) {
        if (is.kind() != to.kind() || is.parent() == null) {
            return false;
        }
        SchemaObject whole = pairing.wantedOf(pairing.live().parentOf(is));
        if (whole == null || !whole.key().equals(to.parent())) {
            return false;
        }
        String wanted = nameless(to);
        return nameless(is).equals(wanted) || renamed.apply(nameless(is)).equals(wanted);
    }

    static String nameless(SchemaObject object) {
        String def = object.trait("def");
        // index names are qualified nowhere in their definition, nor are those of triggers, rules and statistics
        return def.replaceFirst(
                "(INDEX|TRIGGER|RULE|STATISTICS) (?:[\\w$]+\\.|\"(?:[^\"]|\"\")+\"\\.)?" + Pattern.quote(object.name()),
                "$1 ?");
    }
}
