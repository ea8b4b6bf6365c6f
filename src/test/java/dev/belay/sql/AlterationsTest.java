package dev.belay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlterationsTest {

    @Test
    void tables_are_made_renamed_moved_and_dropped() {
        assertThat(Alterations.in("CREATE TABLE IF NOT EXISTS a (id int)"))
                .containsExactly(new Alteration.Creates("a", true));
        assertThat(Alterations.in("CREATE TABLE s.a AS SELECT 1"))
                .containsExactly(new Alteration.Creates("s.a", false));
        assertThat(Alterations.in("CREATE OR REPLACE VIEW v AS SELECT 1"))
                .containsExactly(new Alteration.Creates("v", false));
        assertThat(Alterations.in("ALTER TABLE IF EXISTS \"A\" RENAME TO b"))
                .containsExactly(new Alteration.Renames("\"A\"", "b"));
        assertThat(Alterations.in("ALTER TABLE a SET SCHEMA old")).containsExactly(new Alteration.Moves("a", "old"));
        assertThat(Alterations.in("DROP TABLE IF EXISTS a, s.b CASCADE"))
                .containsExactly(new Alteration.Drops("a"), new Alteration.Drops("s.b"));
    }

    @Test
    void columns_are_renamed_made_changed_and_dropped() {
        assertThat(Alterations.in("ALTER TABLE a RENAME COLUMN b TO c"))
                .containsExactly(new Alteration.RenamesColumn("a", "b", "c"));
        assertThat(Alterations.in("ALTER TABLE ONLY a RENAME b TO \"C\""))
                .containsExactly(new Alteration.RenamesColumn("a", "b", "\"C\""));
        assertThat(Alterations.in("ALTER TABLE a ADD COLUMN IF NOT EXISTS b int, ALTER c TYPE bigint USING c + 1,"
                        + " ALTER c SET NOT NULL, DROP COLUMN IF EXISTS d CASCADE"))
                .containsExactly(
                        new Alteration.AddsColumn("a", "b", true),
                        new Alteration.ChangesColumn("a", "c", "bigint"),
                        new Alteration.ChangesColumn("a", "d", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE a RENAME CONSTRAINT b TO c",
                "ALTER TABLE a ADD CONSTRAINT b CHECK (true)",
                "ALTER TABLE a DROP CONSTRAINT b",
                "ALTER INDEX a RENAME TO b",
                "DROP INDEX a",
                "UPDATE a SET b = 1",
                "this is no SQL"
            })
    void other_statements_alter_no_shape(String sql) {
        assertThat(Alterations.in(sql)).isEmpty();
    }
}
