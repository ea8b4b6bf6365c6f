package dev.belay.problem;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Refuses bodies with text that nobody can keep: PostgreSQL stores no NUL, half of a surrogate pair cannot be written down
 * again, and the JSON parser lets both through. It also guesses at UTF-16, which JSON is not (RFC 8259, 8.1).
 */
@Provider
public class BodyText implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext body) throws IOException {
        byte[] bytes = body.getInputStream().readAllBytes();
        if (!isText(bytes)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The body is not text in UTF-8, or has a NUL or half of a surrogate pair in it. Nothing was done."
                            + " Mend it, then send it again.",
                    List.of(new Problem.FieldError("#", "must be text in UTF-8 without NUL")),
                    null);
        }
        body.setInputStream(new ByteArrayInputStream(bytes));
        return body.proceed();
    }

    static boolean isText(byte[] bytes) {
        try {
            return isText(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)));
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isText(CharSequence text) {
        boolean afterHigh = false;
        for (int i = 0; i < text.length(); i++) {
            boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
            char c = escape && text.charAt(i + 1) == 'u' ? escaped(text, i + 2) : escape ? '\\' : text.charAt(i);
            boolean half = escape && Character.isLowSurrogate(c) != afterHigh;
            if (c == 0 || half || (afterHigh && !escape)) {
                return false;
            }
            afterHigh = escape && Character.isHighSurrogate(c);
            i += !escape ? 0 : text.charAt(i + 1) == 'u' ? 5 : 1;
        }
        return !afterHigh;
    }

    /** What four hexadecimal digits stand for; what is none the JSON parser complains about. */
    private static char escaped(CharSequence text, int from) {
        String digits =
                text.subSequence(from, Math.min(from + 4, text.length())).toString();
        return digits.matches("[0-9a-fA-F]{4}") ? (char) Integer.parseInt(digits, 16) : '?';
    }
}
