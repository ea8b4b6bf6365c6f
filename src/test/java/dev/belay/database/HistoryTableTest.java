package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flyway_schema_history",
                "a_history_with_a_name_that_is_as_long_as_a_name_in_postgres_may_b",
                "Geschichte_für_höhere_Ämter_und_übrige_Prüfungsausschüsse"
            })
    void tables_that_keep_old_rows_have_names_that_fit_and_are_told_from_others(String history) {
        ProjectModule module = new ProjectModule("app", Set.of(), "public", history, null, Map.of(), List.of());
        HistoryTable table = new HistoryTable(module);

        assertThat(table.archive(1)).isNotEqualTo(table.archive(2));
        for (int i = 1; i <= 9; i++) {
            assertThat(table.archive(i).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
            assertThat(HistoryTable.isArchive("public." + history, "public." + table.archive(i)))
                    .isTrue();
            assertThat(table.withArchives()).contains("public." + table.archive(i));
        }
        assertThat(HistoryTable.isArchive("public." + history, "public." + history))
                .isFalse();
        assertThat(HistoryTable.isArchive("public." + history, "other." + table.archive(1)))
                .isFalse();
    }
}
