package dev.belay.web;

import dev.belay.database.Environment;
import dev.belay.database.ManagedDatabase;
import dev.belay.state.DatabaseSchema;
import dev.belay.state.SchemaStatus;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A managed database.
 *
 * @param address where it is: host, port and its name on the server
 * @param drifted whether somebody else has changed the schema since the last job left it
 * @param summary its state in a sentence or two
 * @param links where to go from here, by name
 */
public record DatabaseView(
        @Schema(examples = "madaris") String name,
        Environment environment,
        @Schema(examples = "madaris") String project,
        @Schema(examples = "db.internal:5432/madaris") String address,
        SchemaStatus status,
        boolean drifted,

        @Schema(examples = "Scripts yet to be applied: 1.") String summary,

        Map<String, String> links) {

    static DatabaseView of(ManagedDatabase database, DatabaseSchema schema, URI base) {
        String self = base.resolve("/databases/") + database.name();
        var server = database.address().server();
        return new DatabaseView(
                database.name(),
                database.environment(),
                database.project(),
                server.host() + ":" + server.port() + "/" + database.address().name(),
                schema.status(),
                schema.isDrifted(),
                schema.summary(),
                new TreeMap<>(Map.of(
                        "self", self,
                        "schema", self + "/schema",
                        "gate", self + "/gate",
                        "relations", self + "/relations")));
    }
}
