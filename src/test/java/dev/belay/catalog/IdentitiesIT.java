package dev.belay.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentitiesIT {

    @Test
    void a_renamed_table_and_column_are_what_they_were() throws SQLException {
        DatabaseAddress original = Copies.everything();
        DatabaseAddress changed = Copies.ofFiles(original);
        TableIdentity before = table(original, "duplicates");
        TestPostgres.execute(
                changed,
                "ALTER TABLE public.duplicates RENAME TO doubles",
                "ALTER TABLE public.doubles RENAME a TO number",
                "ALTER TABLE public.doubles SET SCHEMA shop",
                "ALTER TABLE shop.doubles ADD COLUMN c integer DEFAULT 5");

        TableIdentity after = table(changed, "doubles");

        assertThat(after.oid()).isEqualTo(before.oid());
        assertThat(after.schema()).isEqualTo("shop");
        assertThat(after.columns().get(0)).isEqualTo(new ColumnIdentity(1, "number", "integer"));
        assertThat(hash(changed, after, Set.of(1, 2))).isEqualTo(hash(original, before, Set.of(1, 2)));
        assertThat(hash(changed, after, Set.of(1, 2, 3))).isNotEqualTo(hash(original, before, Set.of(1, 2)));
    }

    @Test
    void a_hash_over_some_columns_stays_when_a_type_writes_every_value_alike() throws SQLException {
        DatabaseAddress original = TestPostgres.freshDatabase();
        TestPostgres.execute(
                original, "CREATE TABLE t AS SELECT g::integer AS a, g::text AS b FROM generate_series(1, 9) g");
        DatabaseAddress changed = Copies.ofFiles(original);
        TestPostgres.execute(changed, "ALTER TABLE t ALTER a TYPE bigint");

        assertThat(hash(changed, table(changed, "t"), Set.of(1, 2)))
                .isEqualTo(hash(original, table(original, "t"), Set.of(1, 2)));
    }

    @Test
    void every_user_table_has_an_identity_whatever_its_name() throws SQLException {
        try (Connection connection = Copies.everything().open()) {
            List<TableIdentity> tables = Identities.read(connection);

            assertThat(tables)
                    .extracting(TableIdentity::name)
                    .contains("--; DROP TABLE x", "new\nline \"q\"", "nothing", "orders", "orders_2023");
            for (TableIdentity table : tables) {
                assertThat(TableContents.hash(connection, table, Set.of(1)).rows())
                        .isNotNegative();
            }
        }
    }

    private static TableIdentity table(DatabaseAddress database, String name) throws SQLException {
        try (Connection connection = database.open()) {
            return Identities.read(connection).stream()
                    .filter(table -> table.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static TableHash hash(DatabaseAddress database, TableIdentity table, Set<Integer> attnums)
            throws SQLException {
        try (Connection connection = database.open()) {
            return TableContents.hash(connection, table, attnums);
        }
    }
}
