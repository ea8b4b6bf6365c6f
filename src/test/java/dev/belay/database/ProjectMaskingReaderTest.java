package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.belay.database.ProjectMasking.Kind;
import dev.belay.database.ProjectMasking.Part;
import dev.belay.database.ProjectMasking.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectMaskingReaderTest {

    @TempDir
    Path folder;

    @Test
    void a_project_that_says_nothing_masks_nothing() throws IOException {
        assertThat(read("")).isEqualTo(ProjectMasking.NONE);
    }

    @Test
    void every_rule_is_read_also_the_one_that_yaml_takes_for_nothing() throws IOException {
        ProjectMasking masking = read("""
                masking:
                  - {table: a, column: b, rule: fixed, value: "!"}
                  - {table: s.a, column: c, rule: null}
                  - {table: a, column: d, rule: shift-dates, days: 5, per: row, optional: true}
                  - {table: a, column: e, rule: fake-name, part: last}
                  - {table: a, column: f, rule: shift-dates}
                """);

        assertThat(masking.rules())
                .containsExactly(
                        new Rule("a", "b", Kind.FIXED, "!", null, 0, false, false),
                        new Rule("s.a", "c", Kind.NULL, null, null, 0, false, false),
                        new Rule("a", "d", Kind.SHIFT_DATES, null, null, 5, true, true),
                        new Rule("a", "e", Kind.FAKE_NAME, null, Part.LAST, 0, false, false),
                        new Rule("a", "f", Kind.SHIFT_DATES, null, null, 30, false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{column: b, rule: hash} | needs a table",
                "{table: a, rule: hash} | needs a column",
                "{table: a, column: b} | needs a rule; there are keep, fixed, null",
                "{table: a, column: b, rule: blur} | needs a rule; there are keep, fixed, null",
                "{table: a, column: b, rule: fixed} | needs a value",
                "{table: a, column: b, rule: hash, value: x} | goes with fixed alone",
                "{table: a, column: b, rule: hash, days: 3} | go with shift-dates alone",
                "{table: a, column: b, rule: hash, part: first} | goes with fake-name alone",
                "{table: a, column: b, rule: shift-dates, days: 0} | from 1 to 3650",
                "{table: a, column: b, rule: shift-dates, per: year} | run or row",
                "{table: a, column: b, rule: hash}, {table: a, column: b, rule: keep} | two rules for a.b",
            })
    void what_says_nothing_is_refused(String rules, String fault) {
        assertThatThrownBy(() -> read("masking: [" + rules + "]")).hasMessageContaining(fault);
    }

    private ProjectMasking read(String more) throws IOException {
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(folder.resolve("belay.yaml"), "modules:\n  - name: app\n" + more);
        return ProjectReader.read("shop", folder).masking();
    }
}
