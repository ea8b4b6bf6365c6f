package dev.belay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.belay.policy.DriftRule;
import dev.belay.policy.Policy;
import dev.belay.policy.RiskLevel;
import dev.belay.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies as the configuration says they are. */
class PolicyConfigTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path project;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void oneDatabase() throws IOException {
        Files.writeString(project.resolve("belay.yaml"), "modules:\n  - name: app\n");
        set("servers.main.host", "db");
        set("servers.main.user", "belay");
        set("projects.shop.path", project.toString());
        set("databases.shop.server", "main");
        set("databases.shop.project", "shop");
    }

    private void set(String key, String value) {
        settings.put("belay." + key, value);
    }

    private DatabaseRegistry registry() {
        DatabaseConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DatabaseConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(DatabaseConfig.class);
        return new DatabaseRegistry(config, CLOCK);
    }

    private Policy policy() {
        return registry().require("shop").policy();
    }

    @Test
    void production_is_strict_and_the_other_environments_are_lenient() {
        assertThat(policy()).isEqualTo(Policy.strict());

        set("databases.shop.environment", "staging");
        assertThat(policy()).isEqualTo(Policy.lenient());

        set("databases.shop.environment", "development");
        assertThat(policy()).isEqualTo(Policy.lenient());
    }

    @Test
    void what_an_environment_says_counts_and_what_a_database_says_counts_more() {
        set("policies.production.plan-age", "2h");
        set("policies.production.highest-risk", "MEDIUM");
        set("policies.production.windows[0].cron", "0 0 22 ? * SAT");
        set("policies.production.windows[0].duration", "4h");
        set("policies.production.windows[0].zone", "Europe/Berlin");
        set("policies.production.blackouts[0]", "2026-12-20/2027-01-05");
        set("databases.shop.policy.plan-age", "30m");
        set("databases.shop.policy.four-eyes", "false");
        set("databases.shop.policy.drift", "warn");
        set("policies.production.standby", "true");
        set("policies.production.standby-retention", "3d");
        set("databases.shop.policy.standby-retention", "6h");
        set("databases.shop.policy.windows[0].cron", "0 0 2 * * ?");
        set("databases.shop.policy.windows[0].duration", "90m");

        Policy policy = policy();

        assertThatCode(() -> registry().check(new StartupEvent())).doesNotThrowAnyException();
        assertThat(policy.approval()).isTrue();
        assertThat(policy.fourEyes()).isFalse();
        assertThat(policy.planAge()).isEqualTo(Duration.ofMinutes(30));
        assertThat(policy.highestRisk()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(policy.drift()).isEqualTo(DriftRule.WARN);
        assertThat(policy.standby()).isTrue();
        assertThat(policy.standbyRetention()).isEqualTo(Duration.ofHours(6));
        assertThat(policy.windows().windows()).singleElement().satisfies(window -> {
            assertThat(window.cron()).isEqualTo("0 0 2 * * ?");
            assertThat(window.duration()).isEqualTo(Duration.ofMinutes(90));
        });
        assertThat(policy.windows().blackouts()).hasSize(1);
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        set("policies.producton.approval", "false");
        set("policies.staging.plan-age", "0s");
        set("policies.staging.backup-shrink", "1.5");
        set("policies.staging.standby-retention", "0s");
        set("policies.staging.highest-risk", "blocked");
        set("databases.shop.policy.windows[0].cron", "at night");
        set("databases.shop.policy.windows[0].duration", "a while");
        set("databases.shop.policy.windows[0].zone", "Europe/Atlantis");
        set("databases.shop.policy.windows[1].cron", "0 0 2 * * ?");
        set("databases.shop.policy.blackouts[0]", "2026-12-20/2026-12-19");
        set("databases.shop.policy.blackouts[1]", "Christmas");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> registry().check(new StartupEvent()))
                .withMessageContainingAll(
                        "belay.policies.producton: there is no such environment",
                        "belay.policies.staging.plan-age: ",
                        "belay.policies.staging.backup-shrink: ",
                        "belay.policies.staging.standby-retention: ",
                        "belay.policies.staging.highest-risk: ",
                        "belay.databases.shop.policy.windows[0].cron: \"at night\"",
                        "belay.databases.shop.policy.windows[0].duration: \"a while\"",
                        "belay.databases.shop.policy.windows[0].zone: \"Europe/Atlantis\"",
                        "belay.databases.shop.policy.windows[1].duration: is missing",
                        "belay.databases.shop.policy.blackouts[0]: \"2026-12-20/2026-12-19\": it ends before",
                        "belay.databases.shop.policy.blackouts[1]: \"Christmas\"");
    }

    @Test
    void a_window_that_never_opens_is_refused() {
        set("policies.production.windows[0].cron", "0 0 2 30 2 ?");
        set("policies.production.windows[0].duration", "1h");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> registry().check(new StartupEvent()))
                .withMessageContaining("belay.policies.production.windows: never open");
    }
}
