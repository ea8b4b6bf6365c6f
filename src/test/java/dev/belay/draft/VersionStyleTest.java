package dev.belay.draft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A draft is numbered as its module is. */
class VersionStyleTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    @ParameterizedTest
    @CsvSource({
        "3, 4",
        "9, 10",
        "009, 010",
        "099, 100",
        "1.2, 1.3",
        "1.09, 1.10",
        "2024_01_02, 2024_01_03",
        "20251231, 20260203",
        "202512312359, 202602030405",
        "20251231235959, 20260203040506",
        "20991231235959, 20991231235960"
    })
    void the_number_after(String number, String next) {
        assertThat(VersionStyle.after(number, NOW)).isEqualTo(next);
    }

    @Test
    void the_newest_script_gives_the_style() {
        assertThat(VersionStyle.first(module("V1__a.sql", "deep/V002__b.sql"), "2", NOW))
                .isEqualTo("003");
        assertThat(VersionStyle.first(module(), null, NOW)).isEqualTo("1");
        assertThat(VersionStyle.first(module(), "5", NOW)).isEqualTo("6");
        assertThat(VersionStyle.first(module("V1__a.sql"), "5", NOW)).isEqualTo("6");
    }

    @Test
    void a_description_becomes_a_part_of_a_name() {
        assertThat(VersionStyle.words("Add Größe & \"x\"; DROP/../")).isEqualTo("add_gro_e_x_drop");
        assertThat(VersionStyle.words("…")).isEqualTo("draft");
        assertThat(VersionStyle.words("x".repeat(200))).hasSize(80);
    }

    private static ProjectModule module(String... files) {
        List<Script> scripts = Stream.of(files)
                .map(file -> new Script(
                        Script.Kind.VERSIONED, file, file.replaceAll(".*V0*(\\d+)__.*", "$1"), "x", "SELECT 1", null))
                .toList();
        return new ProjectModule("app", Set.of(), "public", "h", null, Map.of(), scripts);
    }
}
