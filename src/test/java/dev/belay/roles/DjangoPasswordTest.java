package dev.belay.roles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DjangoPasswordTest {

    /** RFC 7914, section 11, as far as the 32 bytes that Django keeps. */
    @ParameterizedTest
    @CsvSource({
        "passwd,   salt, 1,     55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        "Password, NaCl, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
    })
    void it_is_pbkdf2_with_sha_256(String password, String salt, int iterations, String hash) {
        String encoded = DjangoPassword.encode(password, salt, iterations);

        String base64 = encoded.substring(encoded.lastIndexOf('$') + 1);
        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(base64))).isEqualTo(hash);
    }

    /** What Django 3.2's own make_password answers. */
    @ParameterizedTest
    @CsvSource({
        "lètmein,        pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=",
        "pässwörd ✓ 🐘,  pbkdf2_sha256$1000$NaCl0123456789abcdefgh$IcZ+KusD4kVcp+jnkaoLU5OkV2QxIgT8y8JVAONgCc0="
    })
    void it_is_stored_as_django_stores_it(String password, String stored) {
        String[] parts = stored.split("\\$", -1);

        assertThat(DjangoPassword.encode(password, parts[2], Integer.parseInt(parts[1])))
                .isEqualTo(stored);
        assertThat(DjangoPassword.matches(password, stored)).isTrue();
        assertThat(DjangoPassword.matches(password + " ", stored)).isFalse();
    }

    @Test
    void a_password_longer_than_a_block_is_hashed_as_django_does() {
        assertThat(DjangoPassword.encode("x".repeat(100), "salt", 1))
                .isEqualTo("pbkdf2_sha256$1$salt$RFIU/wQGCkXAgcEYNvk7KiynixkgGyXRQ8VH6F6xqI8=");
    }

    @Test
    void each_time_the_salt_is_another() {
        String first = DjangoPassword.encode("secret", 10);
        String second = DjangoPassword.encode("secret", 10);

        assertThat(first)
                .matches("pbkdf2_sha256\\$10\\$[A-Za-z0-9]{22}\\$[A-Za-z0-9+/]{43}=")
                .isNotEqualTo(second);
        assertThat(DjangoPassword.matches("secret", first)).isTrue();
        assertThat(DjangoPassword.matches("secret", second)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "!unusable",
                "argon2$argon2id$v=19$m=1",
                "pbkdf2_sha256$0$salt$aaaa",
                "pbkdf2_sha256$999999999$s$aaaa"
            })
    void what_was_stored_otherwise_is_not_compared(String stored) {
        assertThat(DjangoPassword.isComparable(stored)).isFalse();
        assertThat(DjangoPassword.matches("secret", stored)).isFalse();
    }
}
