package dev.belay.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that were good a short while ago, by their digests, with whose they are. Being here lets nobody in: it only
 * means that a request is counted for its caller, and not for the address that it shares with others.
 */
@ApplicationScoped
class GoodTokens {

    private final Cache<String, String> callers = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    @Nullable
    String callerOf(String credentials) {
        return callers.getIfPresent(digest(credentials));
    }

    void add(String credentials, String caller) {
        callers.put(digest(credentials), caller);
    }

    void remove(String credentials) {
        callers.invalidate(digest(credentials));
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
