package dev.belay.review;

import dev.belay.reversal.SchemaChange;
import dev.belay.review.Review.LostProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds columns that are less strict than they were, which a reader of a script rarely notices. */
final class LostProperties {

    /** They take nearly everything. */
    private static final Set<String> LOOSE = Set.of("text", "character varying", "bytea", "json", "jsonb", "xml");

    private LostProperties() {}

    static List<LostProperty> of(List<SchemaChange> changes) {
        List<LostProperty> lost = new ArrayList<>();
        for (SchemaChange change : changes) {
            if (change.is(SchemaChange.What.CHANGED, "column")) {
                change.traits().forEach(trait -> add(change.fullName(), trait, lost));
            }
        }
        return lost;
    }

    private static void add(String column, SchemaChange.Trait trait, List<LostProperty> lost) {
        switch (trait.name()) {
            case "type" -> type(column, trait, lost);
            case "not null" -> {
                if (trait.from().equals("true")) {
                    lost.add(new LostProperty(column, "not null", "NOT NULL", ""));
                }
            }
            case "default", "identity", "generated" -> {
                if (!trait.from().isEmpty() && trait.to().isEmpty()) {
                    lost.add(new LostProperty(column, trait.name(), trait.from(), ""));
                }
            }
            default -> {
                // nothing that keeps values out or fills them in
            }
        }
    }

    private static void type(String column, SchemaChange.Trait trait, List<LostProperty> lost) {
        boolean isLength = trait.from().contains("(") && !trait.to().contains("(");
        if (isLength && (base(trait.from()).equals(base(trait.to())) || isText(trait.from(), trait.to()))) {
            lost.add(new LostProperty(column, "length", trait.from(), trait.to()));
        } else if (LOOSE.contains(trait.to()) && !isText(trait.from(), trait.to())) {
            lost.add(new LostProperty(column, "type", trait.from(), trait.to()));
        }
    }

    private static boolean isText(String from, String to) {
        Set<String> texts = Set.of("text", "character varying", "character");
        return texts.contains(base(from)) && texts.contains(base(to));
    }

    private static String base(String type) {
        int at = type.indexOf('(');
        return at < 0 ? type : type.substring(0, at) + type.substring(type.indexOf(')') + 1);
    }
}
