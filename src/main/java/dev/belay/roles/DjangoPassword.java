package dev.belay.roles;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Django's way of storing a password: {@code pbkdf2_sha256$iterations$salt$hash}. */
final class DjangoPassword {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** As many of 62 characters as give the 128 bits that Django asks of a salt. */
    private static final int SALT_LENGTH = 22;

    private static final int HASH_BITS = 256;
    private static final Pattern STORED =
            Pattern.compile("pbkdf2_sha256\\$([1-9]\\d{0,7})\\$([^$]+)\\$([A-Za-z0-9+/=]+)");

    private DjangoPassword() {}

    static String encode(String password, int iterations) {
        SecureRandom random = new SecureRandom();
        StringBuilder salt = new StringBuilder();
        for (int i = 0; i < SALT_LENGTH; i++) {
            salt.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return encode(password, salt.toString(), iterations);
    }

    static String encode(String password, String salt, int iterations) {
        return "pbkdf2_sha256$" + iterations + "$" + salt + "$"
                + Base64.getEncoder().encodeToString(hash(password, salt, iterations));
    }

    /** Whether what is stored was made by this algorithm, so that it can be compared with a password. */
    static boolean isComparable(String stored) {
        return STORED.matcher(stored).matches();
    }

    static boolean matches(String password, String stored) {
        Matcher parts = STORED.matcher(stored);
        if (!parts.matches()) {
            return false;
        }
        String again = encode(password, parts.group(2), Integer.parseInt(parts.group(1)));
        return MessageDigest.isEqual(again.getBytes(StandardCharsets.UTF_8), stored.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hash(String password, String salt, int iterations) {
        PBEKeySpec key =
                new PBEKeySpec(password.toCharArray(), salt.getBytes(StandardCharsets.UTF_8), iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
        } finally {
            key.clearPassword();
        }
    }
}
