package dev.belay.sims;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** The login page of Django's admin: a form with a token, and a redirect for staff whose password is right. */
final class Login {

    static final String PATH = "/admin/login/";

    private static final String SESSION = "sessionid=";
    private static final String TOKEN = "csrftoken=";

    private final Campus campus;
    private final String database;
    private final Set<String> sessions;

    Login(Campus campus, String database, Set<String> sessions) {
        this.campus = campus;
        this.database = database;
        this.sessions = sessions;
    }

    static boolean isKnown(HttpExchange exchange, Set<String> sessions) {
        return sessions.contains(cookie(exchange, SESSION));
    }

    void handle(HttpExchange exchange) throws IOException {
        try {
            if (!exchange.getRequestMethod().equals("POST")) {
                showForm(exchange);
                return;
            }
            Map<String, String> form = form(exchange);
            String token = cookie(exchange, TOKEN);
            if (token.isEmpty() || !token.equals(form.get("csrfmiddlewaretoken"))) {
                Application.answer(exchange, 403, "CSRF verification failed");
            } else if (mayEnter(form.getOrDefault("username", ""), form.getOrDefault("password", ""))) {
                String session = UUID.randomUUID().toString();
                sessions.add(session);
                exchange.getResponseHeaders().add("Set-Cookie", SESSION + session + "; Path=/");
                exchange.getResponseHeaders().add("Location", "/admin/");
                Application.answer(exchange, 302, "");
            } else {
                showForm(exchange);
            }
        } catch (SQLException | GeneralSecurityException e) {
            Application.answer(exchange, 500, "");
        }
    }

    private static void showForm(HttpExchange exchange) throws IOException {
        String token = UUID.randomUUID().toString();
        exchange.getResponseHeaders().add("Set-Cookie", TOKEN + token + "; Path=/");
        Application.answer(
                exchange,
                200,
                "<form method=\"post\"><input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"" + token
                        + "\"><input name=\"username\"><input name=\"password\" type=\"password\"></form>");
    }

    private boolean mayEnter(String username, String password) throws SQLException, GeneralSecurityException {
        try (Connection session = campus.connect(database);
                PreparedStatement statement = session.prepareStatement(
                        "SELECT password FROM auth_user WHERE username = ? AND is_staff AND is_active")) {
            statement.setString(1, username);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && isRight(password, row.getString(1));
            }
        }
    }

    /** The format {@code pbkdf2_sha256$iterations$salt$hash}, as Django's own hasher reads it. */
    private static boolean isRight(String password, String stored) throws GeneralSecurityException {
        String[] parts = stored.split("\\$", 4);
        if (parts.length != 4 || !parts[0].equals("pbkdf2_sha256")) {
            return false;
        }
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        PBEKeySpec key = new PBEKeySpec(
                password.toCharArray(),
                parts[2].getBytes(StandardCharsets.UTF_8),
                Integer.parseInt(parts[1]),
                expected.length * Byte.SIZE);
        byte[] found = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(key)
                .getEncoded();
        return MessageDigest.isEqual(expected, found);
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = new HashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static String cookie(HttpExchange exchange, String prefix) {
        for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
            for (String cookie : header.split(";\\s*", -1)) {
                if (cookie.startsWith(prefix)) {
                    return cookie.substring(prefix.length());
                }
            }
        }
        return "";
    }
}
