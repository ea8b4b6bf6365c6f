package dev.belay.access;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** A small issuer of real, signed tokens. */
final class OidcIssuer {

    static final String AUDIENCE = "belay";

    static final RsaJsonWebKey KEY = key();
    private static String address = "";

    private final HttpServer server;

    OidcIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns its address. */
    String start() {
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/.well-known/openid-configuration", """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "token_endpoint": "%1$s/token",
                 "authorization_endpoint": "%1$s/authorize", "introspection_endpoint": "%1$s/introspect",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}
                """.formatted(address));
        answer("/keys", "{\"keys\": [" + KEY.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY) + "]}");
        server.start();
        return address;
    }

    void stop() {
        server.stop(0);
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    static String address() {
        return address;
    }

    static RsaJsonWebKey key() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("key-1");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
