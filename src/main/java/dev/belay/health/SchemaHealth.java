package dev.belay.health;

import dev.belay.state.DatabaseSchema;
import dev.belay.state.SchemaStates;
import dev.belay.state.SchemaStatus;
import io.smallrye.health.api.HealthGroup;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Down when a managed database needs somebody to look at it. One that is behind is up: it has yet to be migrated. */
@HealthGroup("schema")
class SchemaHealth implements HealthCheck {

    private final SchemaStates states;

    SchemaHealth(SchemaStates states) {
        this.states = states;
    }

    @Override
    public HealthCheckResponse call() {
        List<DatabaseSchema> schemas = states.all();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("schema").status(schemas.stream().noneMatch(DatabaseSchema::isTrouble));
        for (SchemaStatus status : SchemaStatus.values()) {
            answer.withData(
                    status.name(),
                    schemas.stream().filter(schema -> schema.status() == status).count());
        }
        schemas.forEach(schema -> answer.withData("database." + schema.database(), schema.summary()));
        return answer.build();
    }
}
