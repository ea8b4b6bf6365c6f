package dev.belay.process;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.AtOnce;
import dev.belay.postgres.DatabaseAddress;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What callers are promised while a replica dies, ends in order, or the control database is away. */
class InterruptionIT {

    private static final Logger LOG = Logger.getLogger(InterruptionIT.class);
    private static final DatabaseAddress KILLED = Shop.create();
    private static final DatabaseAddress ENDED = Shop.create();
    private static final DatabaseAddress AWAY = Shop.create();
    private static final String KEY = UUID.randomUUID().toString();
    private static final Pair PAIR = Pair.start(Shop.create(), KILLED, ENDED, AWAY);

    @AfterAll
    static void end() {
        PAIR.close();
    }

    @Test
    void a_replica_that_is_killed_loses_no_event_no_key_no_tag_and_no_cursor() throws Exception {
        String done = PAIR.admin(0).order("audits", AWAY);
        PAIR.admin(0).end(done);
        String tag = PAIR.admin(0).get(done).header("ETag");
        try (Connection lock = lockedCustomers(KILLED)) {
            String job = keyed(PAIR.admin(0));
            String behind = PAIR.admin(0).order("backups", KILLED);
            String cursor = PAIR.admin(0).get("/backups?limit=1").path("next");
            Soon.until(() -> PAIR.admin(0).state(job).equals("RUNNING"));
            int runner = PAIR.runnerOf(job.replaceFirst(".*/", ""));
            Client survivor = PAIR.admin(1 - runner);
            Client victim = PAIR.admin(runner);
            Events idle = Events.follow(survivor, behind, "0");
            Events before = Events.follow(victim, job, "0");
            Soon.until(() -> !before.heard().isEmpty());

            victim.replica().killNine();
            Soon.until(before::isOver);
            Events after = Events.follow(survivor, job, before.lastId());
            assertThat(keyed(survivor)).isEqualTo(job);
            victim.replica().startAgain();

            assertThat(keyed(victim)).isEqualTo(job);
            assertThat(victim.get(done).header("ETag")).isEqualTo(tag);
            assertThat(victim.get("/backups?limit=1&cursor=" + cursor)
                            .jsonPath()
                            .getList("items"))
                    .hasSize(1);
            Soon.until(() -> after.heard().stream().anyMatch(event -> event.contains("\"attempt\":2")));
            requireHeartbeatAndCancel(idle, victim, behind);
            lock.rollback();
            assertThat(victim.end(job)).isEqualTo("SUCCEEDED");
            requireWhole(before, after, victim, job);
        }
    }

    /** The job of one and the same request. */
    private static String keyed(Client client) {
        Response answer = client.keyed("/backups", KEY, Jobs.on(KILLED));
        assertThat(answer.statusCode()).isEqualTo(202);
        return answer.header("Location").replaceFirst("^http://[^/]+", "");
    }

    /** A stream that has nothing to tell says so, and tells the end when it comes. */
    private static void requireHeartbeatAndCancel(Events idle, Client client, String job) {
        Soon.until(() -> idle.heartbeats() > 0);
        assertThat(idle.heard()).isEmpty();
        assertThat(client.post(job + "/cancel", "").statusCode()).isEqualTo(202);
        assertThat(idle.toTheEnd()).last().asString().contains(" end ");
    }

    /** What was heard in two parts is what there was, each event once. */
    private static void requireWhole(Events before, Events after, Client client, String job) {
        List<String> heard = new ArrayList<>(before.heard());
        heard.addAll(after.toTheEnd());
        assertThat(heard).isEqualTo(Events.follow(client, job, "0").toTheEnd());
        assertThat(heard).last().asString().contains(" end ");
    }

    private static Connection lockedCustomers(DatabaseAddress shop) throws SQLException {
        Connection session = shop.openPlain();
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
        }
        return session;
    }

    @Test
    void a_replica_that_is_told_to_end_answers_everybody_first() throws Exception {
        Client ending = PAIR.admin(0);
        try (Connection lock = lockedCustomers(ENDED)) {
            String job = ending.order("backups", ENDED);
            Events events = Events.follow(ending, job, "0");
            ExecutorService waiting = Executors.newFixedThreadPool(3);
            List<Future<Client.Timed>> held = List.of(
                            job + "?wait=25s",
                            job + "/outcome?wait=25s",
                            "/databases/" + ENDED.name() + "/gate?min=2&wait=25s")
                    .stream()
                    .map(path -> waiting.submit(() -> ending.timed(path, Map.of())))
                    .toList();
            Soon.until(() -> !events.heard().isEmpty());
            LockSupport.parkNanos(1_000_000_000);
            assertThat(held).noneMatch(Future::isDone);

            Duration took = ending.replica().terminate();

            LOG.infof("ended within %s", took);
            assertThat(took).isLessThan(Duration.ofSeconds(20));
            assertThat(held.get(0).get().answer().statusCode()).isEqualTo(200);
            assertThat(held.get(1).get().answer().statusCode()).isEqualTo(503);
            assertThat(held.get(2).get().answer().statusCode()).isEqualTo(503);
            assertThat(held).allMatch(answer -> header(answer, "Retry-After") != null);
            Soon.until(events::isOver);
            assertThat(events.isBroken()).isFalse();
            Events rest = Events.follow(PAIR.admin(1), job, events.lastId());
            ending.replica().startAgain();
            lock.rollback();
            requireWhole(events, rest, PAIR.admin(0), job);
            waiting.shutdown();
        }
    }

    private static String header(Future<Client.Timed> answer, String name) {
        try {
            return answer.get().answer().header(name);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void while_the_control_database_is_away_everybody_is_told_to_come_back_and_then_all_is_as_before()
            throws Exception {
        Client client = PAIR.admin(0);
        String key = UUID.randomUUID().toString();
        String job = client.order("audits", AWAY);
        client.end(job);
        String gate = "/databases/" + AWAY.name() + "/gate?min=2";
        ExecutorService waiting = Executors.newSingleThreadExecutor();
        Future<Client.Timed> held = waiting.submit(() -> client.timed(gate + "&wait=25s", Map.of()));
        LockSupport.parkNanos(1_000_000_000);
        PAIR.server().stopImmediately();
        try {
            requireComeBackOfAll(job, gate, key);
            requireComeBack("held", held.get().answer(), false);
            String base = client.replica().api().base().toString();
            assertThat(given().baseUri(base).get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(given().baseUri(base).get("/q/health/ready").statusCode())
                    .isEqualTo(503);
        } finally {
            PAIR.server().startAgain();
            waiting.shutdown();
        }

        Soon.until(() ->
                client.get(job).statusCode() == 200 && PAIR.admin(1).get(job).statusCode() == 200);
        Response retried = client.keyed("/audits", key, Jobs.on(AWAY));
        assertThat(retried.statusCode()).isEqualTo(202);
        assertThat(retried.header("Idempotent-Replayed")).isNull();
        assertThat(client.end("/audits/" + retried.path("id"))).isEqualTo("SUCCEEDED");
    }

    private static void requireComeBackOfAll(String job, String gate, String key) {
        List<Function<Client, Response>> requests = List.of(
                to -> to.get("/nowhere"),
                to -> to.post("/nowhere", ""),
                to -> to.get(job),
                to -> to.get(job + "/outcome"),
                to -> to.get(job + "/events"),
                to -> to.get("/audits"),
                to -> to.get(gate),
                to -> to.get("/tokens"),
                to -> to.post(job + "/cancel", ""),
                to -> to.keyed("/audits", key, Jobs.on(AWAY)));
        List<Integer> numbers = IntStream.range(0, 2 * requests.size()).boxed().toList();
        List<Response> answers = AtOnce.map(numbers, i -> requests.get(i / 2).apply(PAIR.admin(i % 2)));
        for (int i = 0; i < answers.size(); i++) {
            requireComeBack("request " + i / 2, answers.get(i), i / 2 < 2);
        }
    }

    private static void requireComeBack(String what, Response answer, boolean mayBeUnknown) {
        assertThat(answer.contentType()).as(what + answer.asString()).startsWith("application/problem+json");
        assertThat(answer.path("traceId").toString()).as(what).matches("[0-9a-f]{32}");
        if (mayBeUnknown && answer.statusCode() == 404) {
            return;
        }
        assertThat(answer.statusCode()).as(what + answer.asString()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).as(what).isNotNull();
    }
}
