package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.AtOnce;
import dev.belay.postgres.DatabaseAddress;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What callers are promised, with two replicas behind one address and callers that are known by tokens. */
class ContractIT {

    private static final Logger LOG = Logger.getLogger(ContractIT.class);
    private static final Duration PROMPTLY = Duration.ofSeconds(3);
    private static final DatabaseAddress SHOP = Shop.create();
    private static final DatabaseAddress HELD = Shop.create();
    private static final DatabaseAddress MOVED = Shop.create();
    private static final DatabaseAddress SEALED = Shop.create();
    private static final Pair PAIR = Pair.start(SEALED, SHOP, HELD, MOVED);
    private static final String MARIA = PAIR.token("maria", "OPERATOR", "*");
    private static final String JOSE = PAIR.token("jose", "OPERATOR", "*");

    @AfterAll
    static void end() {
        PAIR.close();
    }

    @Test
    void a_key_is_known_to_both_replicas_and_is_each_callers_own() {
        String key = UUID.randomUUID().toString();
        Response first = PAIR.as(MARIA, 0).keyed("/audits", key, Jobs.on(SHOP));

        Response again = PAIR.as(MARIA, 1).keyed("/audits", "\"" + key + "\"", Jobs.on(SHOP));
        Response other = PAIR.as(MARIA, 1).keyed("/audits", key, Jobs.on(HELD));
        Response somebody = PAIR.as(JOSE, 1).keyed("/audits", key, Jobs.on(SHOP));

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(path(again)).isEqualTo(path(first));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(somebody.statusCode()).isEqualTo(202);
        assertThat(somebody.header("Idempotent-Replayed")).isNull();
        assertThat(path(somebody)).isNotEqualTo(path(first));
    }

    private static String path(Response answer) {
        return answer.header("Location").replaceFirst("^http://[^/]+", "");
    }

    @Test
    void one_key_at_both_replicas_at_the_same_instant_makes_one_job() {
        for (int i = 0; i < 5; i++) {
            String key = UUID.randomUUID().toString();

            List<Response> answers =
                    AtOnce.map(List.of(0, 1), replica -> PAIR.as(MARIA, replica).keyed("/audits", key, Jobs.on(SHOP)));

            Set<String> jobs = new TreeSet<>();
            answers.forEach(answer -> jobs.add(path(answer)));
            assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
            assertThat(jobs).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.header("Idempotent-Replayed") != null))
                    .hasSize(1);
        }
    }

    @Test
    void a_tag_is_the_same_at_both_replicas() {
        String job = PAIR.as(MARIA, 0).order("audits", SHOP);
        PAIR.as(MARIA, 1).end(job);

        String tag = PAIR.as(MARIA, 0).get(job).header("ETag");

        assertThat(PAIR.as(MARIA, 1).get(job).header("ETag")).isEqualTo(tag);
        assertThat(PAIR.as(MARIA, 1).ask().header("If-None-Match", tag).get(job).statusCode())
                .isEqualTo(304);
    }

    @Test
    void a_job_is_followed_and_cancelled_at_the_replica_that_does_not_run_it() throws Exception {
        try (Connection lock = lockedCustomers()) {
            String job = PAIR.as(MARIA, 0).order("backups", HELD);
            Soon.until(() -> PAIR.as(MARIA, 0).state(job).equals("RUNNING"));
            Client other = PAIR.as(MARIA, 1 - PAIR.runnerOf(job.replaceFirst(".*/", "")));
            String behind = other.order("backups", HELD);
            assertThat(other.state(behind)).isEqualTo("QUEUED");
            assertThat(PAIR.admin(0).post(behind + "/cancel", "").path("state").toString())
                    .isEqualTo("CANCELLED");

            requireToldPromptly(other, job, () -> {
                assertThat(other.post(job + "/cancel", "").statusCode()).isEqualTo(202);
                assertThat(other.post(job + "/cancel", "").statusCode()).isEqualTo(202);
            });

            assertThat(PAIR.admin(0).post(job + "/cancel", "").statusCode()).isEqualTo(202);
            assertThat(PAIR.admin(1).post(job + "/cancel", "").statusCode()).isEqualTo(202);
            lock.rollback();
        }
    }

    /** Everybody who waits hears what happens: of any news, of the end, of the outcome, and event by event. */
    private static void requireToldPromptly(Client other, String job, Runnable cancel) throws Exception {
        Events events = Events.follow(other, job, "0");
        String tag = other.get(job).header("ETag");
        ExecutorService waiting = Executors.newFixedThreadPool(3);
        Future<Client.Timed> news = waiting.submit(() -> other.timed(job + "?wait=25s", Map.of("If-None-Match", tag)));
        Future<Client.Timed> end = waiting.submit(() -> other.timed(job, Map.of("Prefer", "wait=25")));
        Future<Client.Timed> outcome = waiting.submit(() -> other.timed(job + "/outcome?wait=25s", Map.of()));
        Soon.until(() -> !events.heard().isEmpty());

        cancel.run();

        assertThat(news.get().answer().statusCode()).isEqualTo(200);
        assertThat(end.get().answer().path("state").toString()).isEqualTo("CANCELLED");
        assertThat(outcome.get().answer().statusCode()).isEqualTo(409);
        assertThat(events.toTheEnd()).last().asString().contains(" end ");
        Instant ended = Instant.parse(other.get(job).path("finished"));
        List<Duration> late = List.of(
                Duration.between(ended, end.get().at()),
                Duration.between(ended, outcome.get().at()));
        LOG.infof("told of the end within %s", late);
        assertThat(late).allMatch(time -> time.compareTo(PROMPTLY) < 0);
        waiting.shutdown();
    }

    private static Connection lockedCustomers() throws SQLException {
        Connection session = HELD.openPlain();
        session.setAutoCommit(false);
        try (Statement statement = session.createStatement()) {
            statement.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE");
        }
        return session;
    }

    @Test
    void a_cursor_of_one_replica_leads_on_at_the_other_and_shows_nobody_more_than_they_may_see() {
        for (int i = 0; i < 3; i++) {
            PAIR.as(MARIA, i % 2).order("audits", SHOP);
        }
        PAIR.as(MARIA, 0).order("audits", MOVED);
        String of = "/audits?limit=1&database=" + SHOP.name();
        String stranger = PAIR.token("stranger", "VIEWER", MOVED.name());
        String nobody = PAIR.token("nobody", "VIEWER", SEALED.name());

        Response first = PAIR.as(MARIA, 0).get(of);
        String cursor = first.path("next");
        Response second = PAIR.as(MARIA, 1).get(of + "&cursor=" + cursor);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.jsonPath().getList("items.id"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(first.jsonPath().getList("items.id"));
        assertThat(PAIR.as(stranger, 1).get("/audits").jsonPath().getList("items.database"))
                .containsOnly(MOVED.name());
        assertThat(PAIR.as(stranger, 1).get(of + "&cursor=" + cursor).jsonPath().getList("items"))
                .isEmpty();
        assertThat(PAIR.as(nobody, 1).get("/audits").jsonPath().getList("items"))
                .isEmpty();
        String job = "/audits/" + first.jsonPath().getString("items[0].id");
        for (String path : List.of(job, job + "/outcome", job + "/events")) {
            assertThat(PAIR.as(stranger, 0).get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(PAIR.as(stranger, 0).post(job + "/cancel", "").statusCode()).isEqualTo(403);
    }

    @Test
    void a_migration_is_approved_by_somebody_else_and_its_end_is_the_same_story_at_both_replicas() {
        String gate = "/databases/" + SEALED.name() + "/gate?min=2&wait=";
        assertThat(PAIR.as(MARIA, 1).get(gate + "0").statusCode()).isEqualTo(503);
        String job = PAIR.as(MARIA, 0).order("migrations", SEALED);
        Soon.until(() -> PAIR.as(MARIA, 1).state(job).equals("AWAITING_APPROVAL"));

        requireApprovedBySomebodyElse(job);
        requireNotCancellable(job);
        List<Response> gates =
                AtOnce.map(List.of(0, 1), replica -> PAIR.as(MARIA, replica).get(gate + "25"));
        assertThat(gates).allMatch(answer -> answer.statusCode() == 200);
        assertThat(PAIR.as(MARIA, 1).end(job)).isEqualTo("SUCCEEDED");
        requireSameStory(job);
    }

    /** Nobody approves what they asked for with any of their tokens, nor without the role. */
    private static void requireApprovedBySomebodyElse(String job) {
        String hers = PAIR.token("Maria", "ADMIN", "*");
        String his = PAIR.token("jose", "APPROVER", "*");
        String path = job + "/approvals";
        String digest = PAIR.as(MARIA, 1).get(job).path("result.planDigest");
        Map<String, String> approval = Map.of("planDigest", digest);

        assertThat(slug(PAIR.as(MARIA, 1).post(path, approval))).isEqualTo("403 forbidden");
        assertThat(slug(PAIR.as(JOSE, 1).post(path, approval))).isEqualTo("403 forbidden");
        assertThat(slug(PAIR.as(hers, 1).post(path, approval))).isEqualTo("403 four-eyes");
        assertThat(slug(PAIR.as(his, 1).post(path, Map.of("planDigest", "0".repeat(64)))))
                .isEqualTo("412 plan-changed");
        Response given = PAIR.as(his, 1).post(path, approval);
        assertThat(given.statusCode()).isEqualTo(201);
        assertThat(given.path("approver").toString()).isEqualTo("jose");
        assertThat(PAIR.as(his, 0).post(path, approval).statusCode()).isEqualTo(200);
    }

    private static void requireNotCancellable(String job) {
        Soon.until(() -> !PAIR.as(MARIA, 0).get(job).jsonPath().getBoolean("cancellable"));

        Response refused = PAIR.as(MARIA, 1).post(job + "/cancel", "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.path("detail").toString()).contains("point of no return");
        assertThat(PAIR.as(MARIA, 0).post(job + "/cancel", "").statusCode()).isEqualTo(409);
    }

    private static void requireSameStory(String job) {
        List<String> story = Events.follow(PAIR.as(MARIA, 0), job, "0").toTheEnd();
        int middle = story.size() / 2;
        String id = story.get(middle).split(" ", 2)[0];

        assertThat(Events.follow(PAIR.as(MARIA, 1), job, "0").toTheEnd()).isEqualTo(story);
        assertThat(Events.follow(PAIR.as(MARIA, 1), job, id).toTheEnd())
                .isEqualTo(story.subList(middle + 1, story.size()));
        assertThat(story).extracting(event -> event.split(" ", 3)[1]).contains("state", "step", "log", "progress");
    }

    private static String slug(Response problem) {
        return problem.statusCode() + " " + problem.path("type").toString().replaceAll(".*:", "");
    }
}
