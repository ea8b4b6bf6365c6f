package dev.belay.draft;

import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** Numbers on as a module does: 3, 003, 1.3, or by the clock. */
final class VersionStyle {

    private static final Pattern NUMBER = Pattern.compile("(?:^|.*/)V([0-9][0-9._]*?)__.*");
    private static final Pattern LAST = Pattern.compile("(.*?)(\\d+)");
    private static final Pattern MOMENT = Pattern.compile("(?:19|20)\\d{6}(?:\\d{4}(?:\\d{2})?)?");
    private static final int LONGEST = 80;

    private VersionStyle() {}

    /**
     * The first number that is free.
     *
     * @param current the version of the module in the live database; null for none
     */
    static String first(ProjectModule module, @Nullable String current, Instant now) {
        Optional<Script> newest =
                module.of(Script.Kind.VERSIONED).stream().max(Comparator.comparing(Script::migrationVersion));
        if (newest.isEmpty()) {
            return current == null ? "1" : after(current, now);
        }
        Matcher number = NUMBER.matcher(newest.get().file());
        String written =
                number.matches() ? number.group(1) : String.valueOf(newest.get().version());
        boolean isAhead = current != null
                && MigrationVersion.fromVersion(current).compareTo(newest.get().migrationVersion()) > 0;
        return after(isAhead ? String.valueOf(current) : written, now);
    }

    /** The number that follows one; of one that is a moment, this moment if it is later. */
    static String after(String number, Instant now) {
        if (MOMENT.matcher(number).matches()) {
            String moment = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC)
                    .format(now)
                    .substring(0, number.length());
            if (moment.compareTo(number) > 0) {
                return moment;
            }
        }
        Matcher last = LAST.matcher(number);
        if (!last.matches()) {
            return number + "1";
        }
        String digits = last.group(2);
        String next =
                new java.math.BigInteger(digits).add(java.math.BigInteger.ONE).toString();
        return last.group(1) + "0".repeat(Math.max(0, digits.length() - next.length())) + next;
    }

    /** A description as a part of a file's name. */
    static String words(String description) {
        String plain = Normalizer.normalize(description, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        String words =
                plain.replaceAll("\\p{M}", "").replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        String kept = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        return kept.isEmpty() ? "draft" : kept;
    }
}
