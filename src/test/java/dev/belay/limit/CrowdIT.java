package dev.belay.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who waits takes nothing from who does not. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
@WithTestResource(CrowdResource.class)
class CrowdIT {

    private static final int CLIENTS = 500;
    private static final int HELD = 100;
    private static final int BODIES = 64;

    @Test
    void while_five_hundred_wait_the_others_are_answered() {
        TestDatabase database = TestDatabase.claim().script("V1__a.sql", "SELECT pg_sleep(120)");
        Run run = Run.start("migrations", database, Map.of());
        List<RawClient> waiting = clients(i -> RawClient.get(run.path() + "?wait=25s"));
        try {
            assertThat(held(waiting)).isEqualTo(HELD);
            othersAreAnswered(database);
        } finally {
            waiting.forEach(RawClient::close);
            given().post(run.path() + "/cancel").then().statusCode(202);
        }
    }

    @Test
    void while_five_hundred_send_their_bodies_slowly_the_others_are_answered() {
        TestDatabase database = TestDatabase.claim();
        List<RawClient> sending =
                clients(i -> RawClient.post("/backups", "Content-Length: 1000").send("{"));
        try {
            assertThat(held(sending)).isEqualTo(BODIES);
            readersAreAnswered(database);
        } finally {
            sending.forEach(RawClient::close);
        }
    }

    private static List<RawClient> clients(java.util.function.IntFunction<RawClient> open) {
        return IntStream.range(0, CLIENTS).mapToObj(open).toList();
    }

    /** How many are not answered at once; all others are told that it is too many. */
    private static int held(List<RawClient> clients) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> clients.stream().filter(RawClient::isAnswered).count() >= CLIENTS - HELD);
        List<RawClient> answered =
                clients.stream().filter(RawClient::isAnswered).toList();
        assertThat(answered).allMatch(client -> client.status(Duration.ofMillis(100)) == 429);
        return CLIENTS - answered.size();
    }

    private static void othersAreAnswered(TestDatabase database) {
        readersAreAnswered(database);
        soon(() -> given().contentType(ContentType.JSON)
                        .body(Map.of("database", database.name()))
                        .post("/backups")
                        .statusCode()
                == 202);
    }

    private static void readersAreAnswered(TestDatabase database) {
        Stream.of("/q/health/live", "/q/health/ready", "/backups", "/databases/" + database.name())
                .forEach(path -> soon(() -> given().get(path).statusCode() == 200));
    }

    private static void soon(Supplier<Boolean> ask) {
        long begun = System.nanoTime();
        assertThat(ask.get()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
}
