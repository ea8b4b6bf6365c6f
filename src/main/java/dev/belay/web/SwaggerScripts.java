package dev.belay.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripts that Swagger UI's page has in it. They depend on its settings and on the version of Quarkus, so they are told
 * by what the page has when Belay runs: as hashes, with which a browser runs them and no others.
 */
final class SwaggerScripts {

    private static final String PAGE =
            "META-INF/io.smallrye_smallrye-open-api-ui__jar/META-INF/resources/openapi-ui/index.html";
    private static final Pattern INLINE =
            Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

    /** Where the page is elsewhere, as in development and tests. */
    private static final String ANY = " 'unsafe-inline'";

    private SwaggerScripts() {}

    /** What a Content-Security-Policy calls them, each after a blank. */
    static String sources() {
        try (InputStream page = Thread.currentThread().getContextClassLoader().getResourceAsStream(PAGE)) {
            return page == null ? ANY : sources(new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sources(String page) {
        return INLINE.matcher(page)
                .results()
                .map(script -> " 'sha256-" + hash(script.group(1)) + "'")
                .collect(Collectors.joining());
    }

    private static String hash(String script) {
        try {
            byte[] text = script.getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
