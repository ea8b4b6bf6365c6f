package dev.belay.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "LOCK TABLE Member | member",
                "ALTER TABLE shop.\"Mem.ber\" ADD x int | shop/Mem.ber",
                "SELECT \"a\"\"b\" | a\"b",
                "SELECT x . member | x/member",
                "DO $$ BEGIN UPDATE member SET a = 1; END $$ | member",
                "DO $do$ BEGIN UPDATE member SET a = 1; END $do$ | member",
                "SELECT E'it\\'s' FROM member | member",
                "SELECT 'it''s' FROM member | member",
                "SELECT 1 /* not */ FROM member | member",
            })
    void names_are_found_wherever_they_may_be_names(String sql, String name) {
        assertThat(Words.in(sql)).contains(List.of(name.split("/")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 -- member",
                "SELECT /* member\n */ 1",
                "SELECT 'member'",
                "SELECT 'it''s member'",
                "SELECT e'it\\'s member'",
                "SELECT E'\\\\', 'member'"
            })
    void comments_and_strings_have_none(String sql) {
        assertThat(Words.in(sql)).doesNotContain(List.of("member"));
    }

    @Test
    void a_script_full_of_data_is_read_too() {
        String data = "INSERT INTO member VALUES (E'" + "x\\'".repeat(200_000) + "', '" + "y''".repeat(200_000) + "');";

        assertThat(Words.in(data)).contains(List.of("member")).hasSizeLessThan(10);
    }

    @Test
    void a_written_name_is_folded_as_postgresql_does() {
        assertThat(Words.name("Shop.\"Odd \"\"Name\"\"\"")).containsExactly("shop", "Odd \"Name\"");
    }
}
