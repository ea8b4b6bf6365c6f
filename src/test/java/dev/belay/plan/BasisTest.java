package dev.belay.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BasisTest {

    private static final Basis BASIS =
            basis(Map.of("app/V2__b.sql", "1", "what belay.yaml says of app", "2"), "3", "4");

    private static Basis basis(Map<String, String> scripts, String schema, String policy) {
        return new Basis(new TreeMap<>(scripts), schema, policy);
    }

    @Test
    void the_same_basis_has_no_differences_and_one_digest() {
        Basis same = basis(BASIS.scripts(), "3", "4");

        assertThat(BASIS.differences(same)).isEmpty();
        assertThat(BASIS.digest()).isEqualTo(same.digest()).hasSize(64);
    }

    @Test
    void everything_that_changed_is_said_in_words() {
        Basis now =
                basis(Map.of("app/V2__b.sql", "x", "app/U2__b.sql", "5", "what belay.yaml says of app", "x"), "x", "x");

        assertThat(BASIS.differences(now))
                .containsExactly(
                        "a script was changed: app/V2__b.sql",
                        "what belay.yaml says of app was changed",
                        "a script was added: app/U2__b.sql",
                        "the schema was changed since",
                        "the policy was changed");
        assertThat(BASIS.digest()).isNotEqualTo(now.digest());
    }

    @Test
    void a_script_that_is_gone_is_named() {
        Basis now = basis(Map.of("what belay.yaml says of app", "2"), "3", "4");

        assertThat(BASIS.differences(now)).containsExactly("app/V2__b.sql is no longer there");
    }
}
