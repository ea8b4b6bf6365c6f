package dev.belay.squash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belay.catalog.Catalog;
import dev.belay.catalog.CatalogObject;
import dev.belay.catalog.CatalogReader;
import dev.belay.database.ManagedDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** A schema as far as scripts alone decide it. */
public final class Schema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Schema() {}

    public static Catalog read(ManagedDatabase database) throws SQLException {
        try (Connection session = database.address().open()) {
            return CatalogReader.read(session);
        }
    }

    /** Without owners and privileges: they say who ran the scripts and what was granted beside them. */
    public static Catalog bare(Catalog catalog) {
        return new Catalog(catalog.objects().stream()
                .filter(object -> !object.type().endsWith("privileges"))
                .map(Schema::withoutOwner)
                .toList());
    }

    private static CatalogObject withoutOwner(CatalogObject object) {
        try {
            JsonNode definition = JSON.readTree(object.definition());
            if (definition instanceof ObjectNode fields && fields.remove("owner") != null) {
                return new CatalogObject(object.type(), object.identity(), fields.toString());
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
