package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What an application wrote to a migrated shop, and the server said is written: in the shape of version 2 first, and
 * customers, whom both versions have, from then on. A way back must have all of it under the old shape or in belay_salvage.
 */
final class Written {

    private static final Logger LOG = Logger.getLogger(Written.class);
    private static final int FIRST = 100_000;

    private static final String OLD_SHAPE = """
            INSERT INTO customer (name) VALUES ('new');
            INSERT INTO purchase (customer_id, amount) VALUES (5001, 12.50);
            UPDATE purchase SET amount = amount + 1 WHERE id <= 10;
            UPDATE customer SET note = 'changed' WHERE id = 7;
            DELETE FROM purchase WHERE id = 20;
            """;
    private static final String NEW_SHAPE = OLD_SHAPE.replace("amount", "total") + """
            UPDATE customer SET tier = 'silver' WHERE id = 7;
            INSERT INTO invoice VALUES (1, 20001);
            """;

    private final DatabaseAddress shop;
    private final List<Integer> customers = new ArrayList<>();

    private Written(DatabaseAddress shop) {
        this.shop = shop;
    }

    /** Nothing yet. */
    static Written none(DatabaseAddress shop) {
        return new Written(shop);
    }

    /** Through the new shape. */
    static Written to(DatabaseAddress migrated) {
        TestPostgres.execute(migrated, NEW_SHAPE);
        return new Written(migrated);
    }

    /** One more customer, unless the application is kept out. */
    void oneMore() {
        int id = FIRST + customers.size();
        try (Connection session = shop.openPlain();
                Statement statement = session.createStatement()) {
            statement.execute(insert(id));
            customers.add(id);
        } catch (SQLException e) {
            LOG.debugf("kept out: %s", e.getMessage());
        }
    }

    /** How many customers were written after the first of all. */
    int more() {
        return customers.size();
    }

    /** Every row and value is in the shop that was brought back, or kept beside. */
    void assertBroughtBack() {
        DatabaseAddress expected = shop.server().database(shop.name() + "_expected");
        TestPostgres.execute(shop.server().maintenance(), "CREATE DATABASE " + expected.name() + " TEMPLATE template0");
        TestPostgres.execute(Shop.createOn(expected), OLD_SHAPE);
        customers.forEach(id -> TestPostgres.execute(expected, insert(id)));
        Fingerprint all = Shop.fingerprint(expected);
        TestPostgres.execute(shop.server().maintenance(), "DROP DATABASE " + expected.name());

        Invariants.same(shop, all);
        assertThat(kept("public.invoice", "id || ' ' || purchase_id")).containsExactly("1 20001");
        assertThat(kept("public.customer", "id || ' ' || tier")).contains("7 silver");
    }

    private List<String> kept(String origin, String columns) {
        List<String> rows = new ArrayList<>();
        String tables = "SELECT quote_ident(name) FROM belay_salvage.contents WHERE origin = '" + origin + "'";
        for (String table : Invariants.ask(shop, tables)) {
            rows.addAll(Invariants.ask(shop, "SELECT " + columns + " FROM belay_salvage." + table));
        }
        return rows;
    }

    private static String insert(int id) {
        return "INSERT INTO customer (id, name) OVERRIDING SYSTEM VALUE VALUES (" + id + ", 'customer " + id + "')";
    }
}
