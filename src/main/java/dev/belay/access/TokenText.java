package dev.belay.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A token as its owner has it: {@code belay_}, 256 random bits, and a checksum over them, so that a token that was cut or
 * mistyped is told apart from one that was revoked, and scanners for secrets can tell it from other text.
 */
public final class TokenText {

    static final String PREFIX = "belay_";

    private static final int RANDOM_BYTES = 32;
    private static final int RANDOM_CHARACTERS = 43;
    private static final int CHECKSUM_CHARACTERS = 6;
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_CHARACTERS + CHECKSUM_CHARACTERS) + "}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenText() {}

    /** A new one. */
    public static String draw() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        String random = digits(new BigInteger(1, bytes), RANDOM_CHARACTERS);
        return PREFIX + random + checksum(random);
    }

    /** Whether it could be a token at all. */
    static boolean isWhole(String token) {
        if (!FORM.matcher(token).matches()) {
            return false;
        }
        int end = PREFIX.length() + RANDOM_CHARACTERS;
        return checksum(token.substring(PREFIX.length(), end)).equals(token.substring(end));
    }

    /** What is stored of it. It is random enough that a slow hash would add nothing. */
    static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String checksum(String random) {
        CRC32 crc = new CRC32();
        crc.update(random.getBytes(StandardCharsets.US_ASCII));
        return digits(BigInteger.valueOf(crc.getValue()), CHECKSUM_CHARACTERS);
    }

    private static String digits(BigInteger number, int length) {
        StringBuilder text = new StringBuilder();
        BigInteger left = number;
        for (int i = 0; i < length; i++) {
            BigInteger[] next = left.divideAndRemainder(BigInteger.valueOf(DIGITS.length()));
            text.append(DIGITS.charAt(next[1].intValue()));
            left = next[0];
        }
        return text.reverse().toString();
    }
}
