package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.postgres.DatabaseAddress;

/** Orders for jobs, and how they should end. */
final class Jobs {

    private Jobs() {}

    static String on(DatabaseAddress database) {
        return "{\"database\": \"" + database.name() + "\"}";
    }

    static String restore(DatabaseAddress database) {
        return "{\"database\": \"" + database.name() + "\", \"method\": \"RESTORE\", \"acceptLoss\": true}";
    }

    /** @param mode {@code flush} or {@code recreate} */
    static String reset(DatabaseAddress database, String mode) {
        return "{\"database\": \"" + database.name() + "\", \"mode\": \"" + mode + "\", \"confirm\": \""
                + database.name() + "\", \"backup\": false}";
    }

    /** Of one shop from another. */
    static String refresh(DatabaseAddress shop, DatabaseAddress from) {
        return "{\"database\": \"" + shop.name() + "\", \"from\": \"" + from.name()
                + "\", \"waive\": [\"customer.name\"]}";
    }

    /** Asks for a job that is expected to succeed and to leave the database in one of the states. */
    static JsonNode succeed(Api api, String kind, String body, String... databaseStates) {
        return succeeded(api.await(kind, api.order(kind, body)), databaseStates);
    }

    static JsonNode succeeded(JsonNode job, String... databaseStates) {
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(job.path("databaseState").asText()).as(job.toPrettyString()).isIn((Object[]) databaseStates);
        return job;
    }

    /** The problem's type, without the address before it. */
    static String failed(JsonNode job, String databaseState) {
        assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("FAILED");
        assertThat(job.path("databaseState").asText()).as(job.toPrettyString()).isEqualTo(databaseState);
        return job.path("error").path("type").asText().replaceAll(".*[/:]", "");
    }
}
