package dev.belay.byhand;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script with places such as {@code @live@} to be filled; what is filled in is not looked at again. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("@([a-z-]+)@");

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Template(String text) {
        this.text = text;
    }

    static Template load(String name) {
        try (InputStream file = Template.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("no script named " + name);
            }
            return new Template(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fills a place with a word that bash reads as exactly this text, whatever is in it. */
    Template word(String place, String value) {
        return text(place, shellWord(value));
    }

    /** Fills a place with a piece of script. */
    Template text(String place, String value) {
        values.put(place, value);
        return this;
    }

    String filled() {
        Matcher places = PLACE.matcher(text);
        return places.replaceAll(place -> Matcher.quoteReplacement(
                Objects.requireNonNull(values.get(place.group(1)), () -> "nothing for " + place.group())));
    }

    static String shellWord(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** For comments and titles: a name with a line break must not become a line of its own. */
    static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\u0085\\u2028\\u2029]", " ");
    }
}
