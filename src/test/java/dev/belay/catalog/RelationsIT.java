package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.belay.catalog.Relations.Attached;
import dev.belay.catalog.Relations.FunctionUse;
import dev.belay.catalog.Relations.Use;
import dev.belay.catalog.Relations.View;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelationsIT {

    private static final DatabaseAddress DATABASE = Copies.everything();

    @Test
    void foreign_keys_are_told_both_ways_with_their_rules() throws SQLException {
        Relations orders = read("shop", "orders");

        assertThat(orders.references())
                .containsExactly(new Relations.ForeignKey(
                        "orders_customer_fkey",
                        "shop.orders",
                        List.of("customer"),
                        "shop.customers",
                        List.of("id"),
                        "CASCADE",
                        "NO ACTION",
                        false,
                        true));
        assertThat(orders.referencedBy())
                .extracting(Relations.ForeignKey::name, Relations.ForeignKey::onUpdate)
                .containsExactly(tuple("line_of_order", "CASCADE"));
    }

    @Test
    void views_are_found_through_other_views() throws SQLException {
        assertThat(read("shop", "orders").views())
                .containsExactly(
                        new View("shop.good_customers", false, 1),
                        new View("shop.per_month", true, 1),
                        new View("shop.best_customers", false, 2));
    }

    @Test
    void functions_that_only_name_the_table_in_their_body_are_told_as_that() throws SQLException {
        assertThat(read("shop", "orders").functions())
                .containsExactly(
                        new FunctionUse("shop.bound_to_it()", "sql", Use.DEPENDS),
                        new FunctionUse("shop.names_it()", "plpgsql", Use.NAMES_IT),
                        new FunctionUse("shop.touch()", "plpgsql", Use.TRIGGER));
    }

    @Test
    void triggers_policies_and_rules_are_told() throws SQLException {
        assertThat(read("shop", "bookings").attached())
                .extracting(Attached::kind, Attached::name)
                .containsExactly(tuple(Attached.Kind.POLICY, "anyone"), tuple(Attached.Kind.POLICY, "own_room"));
        assertThat(read("shop", "customers").attached()).singleElement().satisfies(trigger -> {
            assertThat(trigger.name()).isEqualTo("touch");
            assertThat(trigger.enabled()).isFalse();
        });
    }

    @Test
    void indexes_sequences_partitions_and_publications_are_told() throws SQLException {
        Relations customers = read("shop", "customers");
        Relations orders = read("shop", "orders");

        assertThat(customers.indexes()).filteredOn(Relations.Index::partial).hasSize(1);
        assertThat(customers.indexes()).filteredOn(Relations.Index::primary).hasSize(1);
        assertThat(customers.sequences()).containsExactly("shop.customers_id_seq");
        assertThat(customers.publications()).containsExactly("some_tables");
        assertThat(orders.partitions()).containsExactly("shop.attached", "shop.orders_2023", "shop.orders_2024");
        assertThat(read("shop", "orders_2024").parents()).containsExactly("shop.orders");
        assertThat(read("public", "parent").children()).containsExactly("public.child");
    }

    @Test
    void a_table_with_an_odd_name_is_found_and_told() throws SQLException {
        assertThat(read("-rf", "--; DROP TABLE x").references()).singleElement().satisfies(key -> {
            assertThat(key.columns()).containsExactly("$1");
            assertThat(key.referencedTable()).isEqualTo("\"Übung a\"\"b\".\"new\nline \"\"q\"\"\"");
            assertThat(key.deferrable()).isTrue();
        });
    }

    @Test
    void a_table_that_is_not_there_is_not_found() {
        assertThatThrownBy(() -> read("shop", "no_such"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no_such");
    }

    private static Relations read(String schema, String table) throws SQLException {
        try (Connection connection = DATABASE.open()) {
            return RelationsReader.read(connection, schema, table);
        }
    }
}
