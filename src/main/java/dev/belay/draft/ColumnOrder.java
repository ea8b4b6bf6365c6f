package dev.belay.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belay.catalog.Difference;
import dev.belay.review.Remark;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells whether two tables differ by nothing but the order of their columns: a new column is always the last one. */
public final class ColumnOrder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ColumnOrder() {}

    /** Whether it is all that a difference between two tables consists of. */
    public static boolean isAll(Difference difference) {
        if (difference.kind() != Difference.Kind.CHANGED || !difference.type().equals("table")) {
            return false;
        }
        ObjectNode expected = parsed(difference.expected());
        ObjectNode actual = parsed(difference.actual());
        Set<String> some = names(expected.remove("columns"));
        Set<String> others = names(actual.remove("columns"));
        return some.equals(others) && expected.equals(actual);
    }

    /** What to say of a way back that leads to another order. */
    static Remark remark(Difference difference) {
        return Remark.limit(
                difference.object(),
                "PostgreSQL puts a column that is added after all others, so the order of the columns is another on the"
                        + " way back than it was. A rehearsal that compares it refuses this undo script: leave that out,"
                        + " and the way back is a restore.");
    }

    /** What to say of a way forward that leads to another order. */
    public static Remark notAsDesired(Difference difference) {
        return Remark.limit(
                difference.object(),
                "PostgreSQL puts a column that is added after all others, so the order of the columns is not the desired"
                        + " one. It matters only to SELECT * and to an INSERT without a list of columns.");
    }

    private static Set<String> names(@Nullable JsonNode columns) {
        Set<String> names = new TreeSet<>();
        if (columns != null) {
            columns.forEach(name -> names.add(name.asText()));
        }
        return names;
    }

    private static ObjectNode parsed(@Nullable String definition) {
        try {
            return (ObjectNode) JSON.readTree(String.valueOf(definition));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
