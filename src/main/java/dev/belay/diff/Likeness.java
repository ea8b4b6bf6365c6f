package dev.belay.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogObject;
import dev.belay.scope.Comparison;
import java.util.Set;

/** What counts when a schema is compared with the one that is wanted, which comes from another database. */
final class Likeness {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> NOT_DUMPED = Set.of("invalid index", "subscription");

    private final boolean privileges;
    private final Set<String> histories;

    /**
     * Says what counts.
     *
     * @param privileges whether owners and privileges do
     * @param histories tables that do not, unquoted
     */
    Likeness(boolean privileges, Set<String> histories) {
        this.privileges = privileges;
        this.histories = Set.copyOf(histories);
    }

    Catalog of(Catalog catalog) {
        Catalog counting = catalog.withoutSchema(Comparison.SALVAGE)
                .without(object -> NOT_DUMPED.contains(object.type())
                        || Comparison.isOfOne(histories, object.identity())
                        || (!privileges && object.type().endsWith("privileges")));
        return privileges
                ? counting
                : new Catalog(
                        counting.objects().stream().map(Likeness::withoutOwner).toList());
    }

    private static CatalogObject withoutOwner(CatalogObject object) {
        try {
            JsonNode definition = JSON.readTree(object.definition());
            if (definition instanceof ObjectNode fields && fields.has("owner")) {
                fields.remove("owner");
                return new CatalogObject(object.type(), object.identity(), fields.toString());
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
