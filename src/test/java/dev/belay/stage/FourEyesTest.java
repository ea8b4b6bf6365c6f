package dev.belay.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FourEyesTest {

    @Test
    void another_digest_is_another_whatever_the_digest() {
        assertThat(FourEyes.another("sha256:1f2")).isEqualTo("sha256:1f0");
        assertThat(FourEyes.another("sha256:1f0")).isEqualTo("sha256:1f1");
    }
}
