package dev.belay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A schema that somebody else built over ten years goes all the way, without an edit. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class ThirdPartySchemaIT {

    private static final String V2 = """
            ALTER TABLE shop.orders ADD COLUMN channel text NOT NULL DEFAULT 'web';
            ALTER TABLE shop.orders RENAME COLUMN amount TO total;
            ALTER TABLE public.parent ADD COLUMN later date;
            ALTER TABLE shop.customers RENAME TO clients;
            CREATE INDEX clients_state ON shop.clients (state);
            CREATE VIEW shop.rich AS SELECT id, name FROM shop.clients WHERE discount > 50;
            ALTER DOMAIN shop.percent ADD CONSTRAINT whole CHECK (VALUE < 101);
            GRANT SELECT ON shop.rich TO "Reader ünï";
            """;
    private static final String U2 = """
            ALTER DOMAIN shop.percent DROP CONSTRAINT whole;
            DROP VIEW shop.rich;
            DROP INDEX shop.clients_state;
            ALTER TABLE shop.clients RENAME TO customers;
            ALTER TABLE public.parent DROP COLUMN later;
            ALTER TABLE shop.orders RENAME COLUMN total TO amount;
            ALTER TABLE shop.orders DROP COLUMN channel;
            """;

    @Test
    void one_of_everything_is_backed_up_migrated_undone_and_restored() {
        TestDatabase database = TestDatabase.claim()
                .psql("/dev/belay/catalog/everything.sql")
                .yaml("modules: [{name: app, baseline: '1'}]")
                .script("V2__touch.sql", V2)
                .script("U2__touch.sql", U2);

        Run backup = Run.backUp(database);
        assertThat(backup.result("proven")).as(backup.toString()).isEqualTo("true");

        Run forward = Run.migrate(database);
        assertThat(forward.outcome()).as(forward.toString()).isEqualTo("SUCCEEDED MIGRATED");
        assertThat(forward.result("reversible")).isEqualTo("true");

        database.execute("UPDATE shop.orders SET channel = 'shop' WHERE id = 7");
        Run back = Run.undo(database, Map.of());
        assertThat(back.outcome()).as(back.toString()).isEqualTo("SUCCEEDED ROLLED_BACK");
        assertThat(database.ask("SELECT count(*) FROM shop.orders")).isEqualTo("300");

        Run refused = Run.restore(database, Map.of("backup", backup.result("backup"), "dryRun", true));
        assertThat(refused.outcome()).as(refused.toString()).isEqualTo("SUCCEEDED UNCHANGED");
        assertThat(refused.step("salvage")).contains("no row was written");

        Run restored = Run.restore(database, Map.of("backup", backup.result("backup")));
        assertThat(restored.outcome()).as(restored.toString()).isEqualTo("SUCCEEDED RESTORED");
        assertThat(database.ask("SELECT to_regclass('flyway_schema_history')")).isEqualTo("null");
    }
}
