package dev.belay.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "\"é\uD83D\uDC7E\"",
                "\"\\ud83d\\uDC7E\"",
                "\"\\ud83d\\uDC7E\\ud83d\\uDC7E\"",
                "\"\\\\u0000 \\\\ud800\"",
                "\"\\\\\\\\udc00\""
            })
    void what_can_be_kept_is_text(String text) {
        assertThat(BodyText.isText(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\u0000\"",
                "\"a\\\\\\u0000b\"",
                "\"\\ud800\"",
                "\"\\uD800\\u0041\"",
                "\"\\udc00\\ud800\"",
                "\"\\udc00\"",
                "\"\\\\\\ud800\"",
                "\u0000"
            })
    void what_nobody_can_keep_is_none(String text) {
        assertThat(BodyText.isText(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void other_encodings_are_none() {
        assertThat(BodyText.isText("{\"a\":1}".getBytes(StandardCharsets.UTF_16)))
                .isFalse();
        assertThat(BodyText.isText("\"é\"".getBytes(StandardCharsets.ISO_8859_1)))
                .isFalse();
        assertThat(BodyText.isText(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isFalse();
    }
}
