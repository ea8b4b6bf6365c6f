package dev.belay.postgres;

import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the line to a server is protected. The driver and PostgreSQL's own programs read the same files, in PEM, and so they
 * trust and show the same; each connection reads them anew.
 *
 * @param mode one of libpq's words: disable, allow, prefer, require, verify-ca, verify-full
 * @param rootCertificate the certificates of the authorities; null for libpq's default place
 * @param certificate the certificate that Belay shows; null for none
 * @param key its private key in PKCS #8, in a file that is named {@code .key} or {@code .pem}; null for none
 */
public record Tls(
        String mode,
        @Nullable Path rootCertificate,
        @Nullable Path certificate,
        @Nullable Path key) {

    /** For servers on this machine. */
    public static final Tls OFF = new Tls("disable", null, null, null);

    /** The settings as both libpq and the driver call them. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sslmode", mode);
        if (rootCertificate != null) {
            settings.put("sslrootcert", rootCertificate.toString());
        }
        if (certificate != null && key != null) {
            settings.put("sslcert", certificate.toString());
            settings.put("sslkey", key.toString());
        }
        return settings;
    }

    /** The same for the driver, which has to be told what kind of key a PEM file holds. */
    Map<String, String> driverSettings() {
        Map<String, String> settings = settings();
        if (settings.containsKey("sslkey")) {
            settings.put("pemKeyAlgorithm", keyAlgorithm());
        }
        return settings;
    }

    private String keyAlgorithm() {
        try (InputStream pem = Files.newInputStream(Objects.requireNonNull(certificate))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getPublicKey()
                    .getAlgorithm();
        } catch (IOException | CertificateException e) {
            throw ProblemType.CONFIGURATION_INVALID.because(
                    "The certificate " + certificate
                            + " cannot be read. Nothing was asked of the server. Put a certificate"
                            + " in PEM there, then ask again; no restart is needed.",
                    e);
        }
    }
}
