package dev.belay.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with what the configuration says about a policy. */
public final class PolicyFaults {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private final String key;
    private final List<String> found = new ArrayList<>();

    private PolicyFaults(String key) {
        this.key = key;
    }

    /**
     * Looks at an entry.
     *
     * @param key the key it stands under in the configuration, without a dot at its end
     * @param now to tell windows that never open any more
     * @return each fault as a line that begins with its key
     */
    public static List<String> of(String key, PolicyEntry entry, Instant now) {
        PolicyFaults faults = new PolicyFaults(key);
        faults.look(entry, now);
        return List.copyOf(faults.found);
    }

    private void look(PolicyEntry entry, Instant now) {
        entry.planAge().ifPresent(age -> requirePositive("plan-age", age));
        entry.backupAge().ifPresent(age -> requirePositive("backup-age", age));
        entry.standbyRetention().ifPresent(time -> requirePositive("standby-retention", time));
        if (entry.backupShrink().isPresent()) {
            double shrink = entry.backupShrink().getAsDouble();
            require(shrink >= 0 && shrink <= 1, "backup-shrink", "is a part, from 0 to 1");
        }
        require(
                entry.highestRisk().filter(RiskLevel.BLOCKED::equals).isEmpty(),
                "highest-risk",
                "is LOW, MEDIUM or HIGH: what is BLOCKED is never applied");
        List<Blackout> blackouts = blackouts(entry.blackouts().orElse(List.of()));
        List<MaintenanceWindow> windows = windows(entry.windows());
        boolean complete = windows.size() == entry.windows().size();
        if (complete && !windows.isEmpty()) {
            require(
                    new Windows(windows, blackouts).nextOpening(now).isPresent(),
                    "windows",
                    "never open: no time from now on fits their cron expressions");
        }
    }

    private List<Blackout> blackouts(List<String> texts) {
        List<Blackout> blackouts = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            try {
                blackouts.add(Blackout.parse(texts.get(i)));
            } catch (IllegalArgumentException e) {
                add("blackouts[" + i + "]", '"' + texts.get(i) + "\": " + e.getMessage());
            }
        }
        return blackouts;
    }

    private List<MaintenanceWindow> windows(List<PolicyEntry.WindowEntry> entries) {
        List<MaintenanceWindow> windows = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int before = found.size();
            look("windows[" + i + "]", entries.get(i));
            if (found.size() == before) {
                windows.add(window(entries.get(i)));
            }
        }
        return windows;
    }

    private void look(String name, PolicyEntry.WindowEntry entry) {
        require(entry.cron().isPresent(), name + ".cron", "is missing");
        require(entry.duration().isPresent(), name + ".duration", "is missing");
        entry.zone().ifPresent(zone -> require(isZone(zone), name + ".zone", "\"" + zone + "\" is no time zone"));
        entry.duration()
                .ifPresent(text -> require(
                        duration(text)
                                .filter(value -> value.compareTo(Duration.ofSeconds(1)) >= 0)
                                .isPresent(),
                        name + ".duration",
                        "\"" + text + "\" is no duration of a second at least, such as 90m or 4h"));
        entry.cron().ifPresent(cron -> {
            try {
                MaintenanceWindow.requireCron(cron);
            } catch (IllegalArgumentException e) {
                add(name + ".cron", '"' + cron + "\": " + e.getMessage());
            }
        });
    }

    /** The window that an entry without faults describes. */
    static MaintenanceWindow window(PolicyEntry.WindowEntry entry) {
        return new MaintenanceWindow(
                entry.cron().orElseThrow(),
                entry.duration().flatMap(PolicyFaults::duration).orElseThrow(),
                ZoneId.of(entry.zone().orElse("UTC")));
    }

    private static boolean isZone(String text) {
        try {
            return !ZoneId.of(text).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** As everywhere in the configuration, or as ISO 8601 has it; empty when it is neither. */
    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        try {
            if (!matcher.matches()) {
                return Optional.of(Duration.parse(text.strip()));
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void requirePositive(String name, Duration age) {
        require(age.compareTo(Duration.ZERO) > 0, name, "must be longer than nothing");
    }

    private void require(boolean holds, String name, String fault) {
        if (!holds) {
            add(name, fault);
        }
    }

    private void add(String name, String fault) {
        found.add(key + "." + name + ": " + fault);
    }
}
