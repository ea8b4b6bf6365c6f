package dev.belay.database;

import dev.belay.policy.Policy;
import java.util.Locale;

/** What a database is for. */
public enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION;

    /** What has to hold before a database is changed, where the configuration says nothing else. */
    Policy defaults() {
        return switch (this) {
            case DEVELOPMENT, STAGING -> Policy.lenient();
            case PRODUCTION -> Policy.strict();
        };
    }

    /** As it is written in the configuration's keys. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
