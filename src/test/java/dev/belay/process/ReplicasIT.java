package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two services with one control database and one folder of backups, each with its own data directory. */
class ReplicasIT {

    private static final List<String> KINDS = List.of("migrations", "backups", "rollbacks");
    private static final List<DatabaseAddress> SHOPS = List.of(Shop.create(), Shop.create(), Shop.create());
    private static final DatabaseAddress ORPHAN = Shop.create();
    private static final DatabaseAddress CONTROL = TestPostgres.freshDatabase("shared_control");
    private static final List<BelayProcess> REPLICAS = new ArrayList<>();

    @BeforeAll
    static void start() {
        Workplace first = place();
        Workplace second =
                place().with("belay.backups.directory", first.backups().toString());
        REPLICAS.add(BelayProcess.start(first));
        REPLICAS.add(BelayProcess.start(second));
    }

    private static Workplace place() {
        String[] names = Stream.concat(SHOPS.stream(), Stream.of(ORPHAN))
                .map(DatabaseAddress::name)
                .toArray(String[]::new);
        return Workplace.of(CONTROL.server(), Shop.project(), names)
                .with("quarkus.datasource.jdbc.url", CONTROL.jdbcUrl())
                .with("quarkus.datasource.username", CONTROL.server().user())
                .with(
                        "quarkus.datasource.password",
                        String.valueOf(CONTROL.server().password()));
    }

    @AfterAll
    static void end() {
        REPLICAS.forEach(BelayProcess::close);
    }

    @Test
    void each_databases_jobs_run_one_after_the_other_in_the_order_in_which_they_came() throws Exception {
        Set<String> beside = new ConcurrentSkipListSet<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread observer = new Thread(() -> observe(beside, done));
        observer.setDaemon(true);
        observer.start();
        List<List<String>> ordered = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String kind = KINDS.get(i / 3 % 3);
            Api api = REPLICAS.get(i % 2).api();
            ordered.add(List.of(kind, api.order(kind, Jobs.on(SHOPS.get(i % 3)))));
        }
        for (int i = 0; i < ordered.size(); i++) {
            var job = REPLICAS.get((i + 1) % 2)
                    .api()
                    .await(ordered.get(i).get(0), ordered.get(i).get(1));
            assertThat(job.path("state").asText()).as(job.toPrettyString()).isEqualTo("SUCCEEDED");
        }
        done.set(true);
        observer.join();

        assertThat(beside).as("seen at work beside each other").isEmpty();
        assertThat(Invariants.ask(CONTROL, """
                SELECT one.number || ' and ' || other.number FROM job one JOIN job other
                  ON one.database = other.database AND one.number < other.number
                 WHERE one.finished_at > other.started_at""")).as("overlapping jobs").isEmpty();
        REPLICAS.forEach(replica -> Invariants.holdFor(replica.place(), CONTROL.server()));
    }

    @Test
    void a_job_whose_replica_is_killed_is_finished_by_the_other() {
        String id = REPLICAS.get(0).api().order("migrations", Jobs.on(ORPHAN));
        Soon.until(() -> isApplying(ORPHAN));
        BelayProcess victim = REPLICAS.stream()
                .filter(replica ->
                        replica.log().stream().anyMatch(line -> line.contains(id) && line.contains("MIGRATION begins")))
                .findFirst()
                .orElseThrow();
        BelayProcess heir = REPLICAS.get(1 - REPLICAS.indexOf(victim));
        victim.killNine();

        Jobs.succeeded(heir.api().await("migrations", id), "MIGRATED");
        Invariants.same(ORPHAN, Shop.migrated());
        victim.startAgain();
        REPLICAS.forEach(replica -> Invariants.holdFor(replica.place(), CONTROL.server()));
    }

    @Test
    void fifty_equal_requests_at_once_make_one_job() throws Exception {
        List<Callable<Api.Answer>> requests = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Api api = REPLICAS.get(i % 2).api();
            requests.add(() -> api.post("backups", Jobs.on(SHOPS.get(1)), "the-same"));
        }
        Set<String> ids = new TreeSet<>();
        List<Integer> statuses = new ArrayList<>();
        long replayed = 0;
        ExecutorService clients = Executors.newFixedThreadPool(50);
        for (Future<Api.Answer> answer : clients.invokeAll(requests)) {
            ids.add(answer.get().body().path("id").asText());
            statuses.add(answer.get().status());
            replayed += answer.get().replayed() ? 1 : 0;
        }
        clients.shutdown();

        assertThat(statuses).containsOnly(202);
        assertThat(ids).hasSize(1);
        assertThat(replayed).isEqualTo(49);
        assertThat(Invariants.ask(CONTROL, "SELECT job_id FROM idempotency_key WHERE key = 'the-same'"))
                .containsExactlyElementsOf(ids);
        Jobs.succeeded(REPLICAS.get(0).api().await("backups", ids.iterator().next()), "UNCHANGED");
    }

    /** What the server shows of the sessions of Belay's jobs: never two jobs in one database. */
    private static void observe(Set<String> beside, AtomicBoolean done) {
        while (!done.get()) {
            beside.addAll(Invariants.ask(CONTROL, """
                    SELECT datname || ': ' || string_agg(DISTINCT application_name, ', ') FROM pg_stat_activity
                     WHERE application_name LIKE 'belay %' GROUP BY datname HAVING count(DISTINCT application_name) > 1"""));
            LockSupport.parkNanos(50_000_000);
        }
    }

    static boolean isApplying(DatabaseAddress shop) {
        return !Invariants.ask(
                        shop,
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'belay %' AND wait_event = 'PgSleep'")
                .isEmpty();
    }
}
