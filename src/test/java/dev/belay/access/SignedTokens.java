package dev.belay.access;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Tokens as the issuer of the tests makes them, and as forgers do. */
final class SignedTokens {

    private static final int MINUTES = 5;

    /** A good one with a claim. */
    String token(String name, String claim, Object value) {
        JwtClaims claims = claims(name);
        claims.setClaim(claim, value);
        return signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, OidcIssuer.KEY.getPrivateKey());
    }

    /** A good one of somebody who may read, but for what is done to its claims. */
    String like(Consumer<JwtClaims> change) {
        JwtClaims claims = operator();
        change.accept(claims);
        return signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, OidcIssuer.KEY.getPrivateKey());
    }

    String signedByAnother() {
        return signed(
                operator(),
                AlgorithmIdentifiers.RSA_USING_SHA256,
                OidcIssuer.key().getPrivateKey());
    }

    String unsigned() {
        return signed(operator(), AlgorithmIdentifiers.NONE, null);
    }

    /** What everybody knows taken for a secret that two share: an old hole of many libraries. */
    String signedWithThePublicKey() {
        byte[] known = OidcIssuer.KEY.getPublicKey().getEncoded();
        return signed(operator(), AlgorithmIdentifiers.HMAC_SHA256, new HmacKey(known));
    }

    private static JwtClaims operator() {
        JwtClaims claims = claims("an operator");
        claims.setStringListClaim("groups", List.of("/school/operators"));
        return claims;
    }

    private static JwtClaims claims(String name) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(OidcIssuer.address());
        claims.setAudience(OidcIssuer.AUDIENCE);
        claims.setSubject("id-of-" + name);
        claims.setClaim("preferred_username", name);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(MINUTES);
        return claims;
    }

    private static String signed(JwtClaims claims, String algorithm, @Nullable Key key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setPayloadBytes(claims.toJson().getBytes(StandardCharsets.UTF_8));
        signature.setKey(key);
        signature.setKeyIdHeaderValue(OidcIssuer.KEY.getKeyId());
        signature.setAlgorithmHeaderValue(algorithm);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
