package dev.belay.postgres;

import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.EOFException;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong when a server and Belay do not come to terms about TLS, which waiting does not mend. */
final class TlsTrouble {

    private TlsTrouble() {}

    /** What to say instead; empty when it is something else that keeps the connection from being made. */
    static Optional<ProblemException> explain(ServerAddress server, SQLException e) {
        return advice(server, e)
                .map(advice -> ProblemType.DATABASE_ERROR.because(
                        "No secure line to " + server + " could be made (sslmode "
                                + server.tls().mode() + "): " + advice + " Nothing was sent to it. Then ask again.",
                        e));
    }

    private static Optional<String> advice(ServerAddress server, SQLException e) {
        String said = String.valueOf(e.getMessage());
        if (said.contains("does not support SSL")) {
            return Optional.of("the server speaks no TLS. Switch it on there (ssl = on), or, where the network may be"
                    + " trusted, configure another sslmode.");
        }
        if (said.contains("could not be verified by hostnameverifier")) {
            return Optional.of("its certificate is for another host name than " + server.host()
                    + ". Configure the host by a name that is in the certificate, or give the server a certificate for"
                    + " this name.");
        }
        if (has(e, CertificateException.class::isInstance) || has(e, TlsTrouble::isPath)) {
            return Optional.of("its certificate was issued by none of the authorities in "
                    + (server.tls().rootCertificate() == null
                            ? "the default place"
                            : server.tls().rootCertificate())
                    + ", or is not valid now. Put the certificate of the right authority there, or find out who"
                    + " answers under this address.");
        }
        if (has(e, SSLHandshakeException.class::isInstance) && !has(e, TlsTrouble::isCut)) {
            return Optional.of("the handshake failed (" + SqlStates.message(e)
                    + "). See to the certificate and key that Belay shows,"
                    + " and to the server's ssl_ca_file and log.");
        }
        return Optional.empty();
    }

    private static boolean isPath(Throwable cause) {
        return cause.getClass().getName().startsWith("java.security.cert.CertPath");
    }

    /** The server went away in the middle, as in a restart. */
    private static boolean isCut(Throwable cause) {
        return cause instanceof EOFException || cause instanceof SocketException;
    }

    private static boolean has(Throwable thrown, Predicate<Throwable> sought) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (sought.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
