package dev.belay.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Credentials that were good a short while ago, by their digests. Being here lets nobody in: it only means that a request is
 * no try, so it is not counted against the address that it shares with others.
 */
@ApplicationScoped
class GoodTokens {

    private final Cache<String, Boolean> seen = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    boolean has(String credentials) {
        return seen.getIfPresent(digest(credentials)) != null;
    }

    void add(String credentials) {
        seen.put(digest(credentials), true);
    }

    void remove(String credentials) {
        seen.invalidate(digest(credentials));
    }

    private static String digest(String credentials) {
        try {
            byte[] text = credentials.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
