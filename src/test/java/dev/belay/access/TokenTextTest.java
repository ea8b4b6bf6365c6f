package dev.belay.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TokenTextTest {

    @RepeatedTest(50)
    void a_token_is_whole_and_no_character_of_it_can_be_another() {
        String token = TokenText.draw();

        assertThat(token).matches("belay_[0-9A-Za-z]{49}");
        assertThat(TokenText.isWhole(token)).isTrue();
        for (int i = TokenText.PREFIX.length(); i < token.length(); i++) {
            char other = token.charAt(i) == 'x' ? 'y' : 'x';
            assertThat(TokenText.isWhole(token.substring(0, i) + other + token.substring(i + 1)))
                    .isFalse();
        }
        assertThat(TokenText.isWhole(token.substring(1))).isFalse();
        assertThat(TokenText.isWhole(token + "0")).isFalse();
    }

    @Test
    void the_digest_is_sha_256() {
        assertThat(TokenText.digest("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
