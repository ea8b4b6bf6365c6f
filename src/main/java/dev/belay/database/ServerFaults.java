package dev.belay.database;

import dev.belay.postgres.Password;
import dev.belay.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What keeps a configured server from being reached as it is meant to be: better told at start than by the first job. */
final class ServerFaults {

    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private final String key;
    private final DatabaseConfig.ServerEntry server;
    private final List<String> faults = new ArrayList<>();

    private ServerFaults(String name, DatabaseConfig.ServerEntry server) {
        this.key = "belay.servers." + name + ".";
        this.server = server;
    }

    static List<String> of(String name, DatabaseConfig.ServerEntry server) {
        ServerFaults found = new ServerFaults(name, server);
        found.password();
        found.mode();
        server.sslRootCertificate().ifPresent(file -> found.certificate("ssl-root-certificate", file));
        found.ownCertificate();
        return found.faults;
    }

    private void password() {
        if (server.password().isPresent() && server.passwordFile().isPresent()) {
            fault("password-file", "there is a password beside it; configure one of them");
        }
        server.passwordFile().ifPresent(file -> {
            try {
                new Password.InFile(file).now();
            } catch (ProblemException e) {
                fault("password-file", file + " cannot be read, or does not hold one line");
            }
        });
    }

    private void mode() {
        if (!SSL_MODES.contains(server.sslmode())) {
            fault("sslmode", '"' + server.sslmode() + "\" is none of " + SSL_MODES);
        }
        if (server.sslmode().startsWith("verify-")
                && server.sslRootCertificate().isEmpty()) {
            fault("sslmode", server.sslmode() + " needs ssl-root-certificate, the certificate of the authority");
        }
    }

    private void ownCertificate() {
        if (server.sslCertificate().isPresent() != server.sslKey().isPresent()) {
            fault("ssl-certificate", "goes with ssl-key only, and ssl-key with it");
        }
        server.sslCertificate().ifPresent(file -> certificate("ssl-certificate", file));
        server.sslKey().ifPresent(this::key);
        if (server.sslCertificate().isPresent() && server.sslmode().equals("disable")) {
            fault("ssl-certificate", "is never shown with the sslmode disable");
        }
    }

    private void certificate(String name, Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(pem)
                    .isEmpty()) {
                return;
            }
        } catch (IOException | CertificateException e) {
            fault(name, file + " cannot be read as a certificate in PEM");
            return;
        }
        fault(name, file + " holds no certificate in PEM");
    }

    /** The driver and libpq have in common: PKCS #8 in PEM, readable by nobody else. */
    private void key(Path file) {
        try {
            if (!file.toString().matches(".*\\.(key|pem)")) {
                fault("ssl-key", file + " has to be named .key or .pem");
            }
            if (!Files.readString(file).contains("-----BEGIN PRIVATE KEY-----")) {
                fault(
                        "ssl-key",
                        file + " has to hold a key in PKCS #8 without a passphrase; openssl pkcs8 -topk8 -nocrypt makes"
                                + " one of any other");
            }
            Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
            open.retainAll(Set.of(
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE,
                    PosixFilePermission.GROUP_WRITE));
            if (!open.isEmpty()) {
                fault("ssl-key", file + " can be read or changed by others, and then libpq refuses it; chmod 0600");
            }
        } catch (IOException e) {
            fault("ssl-key", file + " cannot be read");
        }
    }

    private void fault(String name, String fault) {
        faults.add(key + name + ": " + fault);
    }
}
