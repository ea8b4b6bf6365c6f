package dev.belay.process;

import dev.belay.catalog.Fingerprint;
import dev.belay.catalog.Fingerprinter;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A small database of a shop, a migration of it, and its fingerprints before and after. */
final class Shop {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final String[] TABLES = {
        "CREATE TABLE customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, note text)",
        "CREATE TABLE purchase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " customer_id bigint NOT NULL REFERENCES customer, amount numeric(10, 2) NOT NULL)",
        "CREATE INDEX ON purchase (customer_id)",
        "INSERT INTO customer (name, note) SELECT 'customer ' || n, md5(n::text) FROM generate_series(1, 5000) n",
        "INSERT INTO purchase (customer_id, amount) SELECT 1 + n % 5000, n / 7.0 FROM generate_series(1, 20000) n"
    };

    private static final String FORWARD = """
            ALTER TABLE customer ADD COLUMN tier text NOT NULL DEFAULT 'basic';
            UPDATE customer SET tier = 'gold' WHERE id % 10 = 0;
            CREATE TABLE invoice (id bigint PRIMARY KEY, purchase_id bigint REFERENCES purchase);
            ALTER TABLE purchase RENAME COLUMN amount TO total;
            """;

    private static final String BACK = """
            ALTER TABLE purchase RENAME COLUMN total TO amount;
            DROP TABLE invoice;
            ALTER TABLE customer DROP COLUMN tier;
            """;

    private static final String SLOW_ON_THE_ORIGINAL = """
            DO $$ BEGIN IF current_database() LIKE 'shop%' THEN PERFORM pg_sleep(1.2); END IF; END $$;
            """;

    private Shop() {}

    /** A new database with rows in it. */
    static DatabaseAddress create() {
        return createOn(TestPostgres.freshDatabase("shop" + COUNT.incrementAndGet()));
    }

    static DatabaseAddress createOn(DatabaseAddress empty) {
        TestPostgres.execute(empty, TABLES);
        return empty;
    }

    /** Version 2 and its way back; both last a while on the databases themselves, not on copies. */
    static Project project() {
        return project(FORWARD + SLOW_ON_THE_ORIGINAL, BACK + SLOW_ON_THE_ORIGINAL);
    }

    static Project quickProject() {
        return project(FORWARD, BACK);
    }

    static Project project(String forward, String back) {
        return new Project(Map.of("V2__tiers.sql", forward, "U2__tiers.sql", back));
    }

    /** What version 2 leads to. */
    static Fingerprint migrated() {
        return migratedOn(TestPostgres.server());
    }

    /** What version 2 leads to, with the owners that there are on a server. */
    static Fingerprint migratedOn(ServerAddress server) {
        DatabaseAddress copy = server.database("expected" + COUNT.incrementAndGet());
        TestPostgres.execute(server.maintenance(), "CREATE DATABASE " + copy.name() + " TEMPLATE template0");
        TestPostgres.execute(createOn(copy), FORWARD);
        Fingerprint after = fingerprint(copy);
        TestPostgres.execute(server.maintenance(), "DROP DATABASE " + copy.name());
        return after;
    }

    /** All that applications see: without Flyway's own table, what was salvaged, and where sequences stand. */
    static Fingerprint fingerprint(DatabaseAddress database) {
        Fingerprint all = Fingerprinter.take(database, null, 1, Monitor.none())
                .asDumped()
                .withoutSchema("belay_salvage")
                .withoutTables(Shop::isHistory)
                .withoutObjects(object -> isHistory(object.identity()));
        return new Fingerprint(all.serverMajor(), all.catalog(), all.tables(), new TreeMap<>(), all.largeObjects());
    }

    private static boolean isHistory(String identity) {
        return identity.contains("flyway_schema_history");
    }
}
