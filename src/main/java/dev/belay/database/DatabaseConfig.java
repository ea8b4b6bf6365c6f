package dev.belay.database;

import dev.belay.policy.PolicyEntry;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which servers, databases and projects there are. Nothing else can bring Belay to contact a host or read a file. */
@ConfigMapping(prefix = "belay")
public interface DatabaseConfig {

    /** Where Belay keeps what is its own: the embedded server's files, temporary files, backups unless told otherwise. */
    @WithDefault("data")
    Path dataDirectory();

    /** The server of the control database: the embedded one's programs, or how to log in to another. */
    ControlEntry control();

    /** PostgreSQL servers, by a name of your choice. */
    Map<String, ServerEntry> servers();

    /** Managed databases, by the name under which the API knows them. */
    Map<String, DatabaseEntry> databases();

    /** Projects, by name. */
    Map<String, ProjectEntry> projects();

    /** Passwords and the like that projects may name, by name. */
    Map<String, SecretEntry> secrets();

    /** What has to hold before databases of an environment are changed, by the environment's name. */
    Map<String, PolicyEntry> policies();

    /** The server of the control database. */
    interface ControlEntry {

        /** The folder with its programs, for data of an older version; by default the newest that is installed. */
        Optional<Path> binaries();

        /** A file that holds the password of a control database elsewhere; read at every connection, so that it can rotate. */
        Optional<Path> passwordFile();
    }

    /** A PostgreSQL server. */
    interface ServerEntry {

        /** Host name or address. */
        @NotBlank
        String host();

        @WithDefault("5432")
        @Min(1)
        @Max(65535)
        int port();

        /** The role Belay logs in as. */
        @NotBlank
        String user();

        /** The role's password, from an environment variable only. Prefer passwordFile. */
        Optional<String> password();

        /** A file that holds the role's password, as secrets are mounted; read at every use, so that it can rotate. */
        Optional<Path> passwordFile();

        /** How TLS is used: disable, allow, prefer, require, verify-ca or verify-full, as in libpq. */
        @WithDefault("prefer")
        String sslmode();

        /** The CA's certificate for verify-ca and verify-full. */
        Optional<Path> sslRootCertificate();

        /** The certificate that Belay shows, for roles that log in with one. */
        Optional<Path> sslCertificate();

        /** The certificate's private key. */
        Optional<Path> sslKey();

        /** The database Belay connects to in order to create, rename and drop others. */
        @WithDefault("postgres")
        String maintenanceDatabase();

        /** The folder with pg_dump and pg_restore for this server; by default the newest that is installed. */
        Optional<Path> binaries();
    }

    /** A managed database. */
    interface DatabaseEntry {

        /** Its server, by name. */
        String server();

        /** Its name on the server; by default the name it has here. */
        Optional<String> name();

        /** Its project, by name. */
        String project();

        /** What it is for; the defaults of its policy depend on it. */
        @WithDefault("production")
        Environment environment();

        /** The role that scripts run as (SET ROLE), the owner of what they make; by default the server's user. */
        Optional<String> role();

        /** What has to hold before this database is changed, where it differs from its environment. */
        PolicyEntry policy();

        /** Where the application that uses it answers; the paths of a project's http checks are put behind it. */
        Optional<URI> applicationUrl();
    }

    /** A project. */
    interface ProjectEntry {

        /** Its folder, the one with belay.yaml. */
        Path path();
    }

    /** A secret: exactly one of its value and its file. */
    interface SecretEntry {

        /** The secret itself, from an environment variable only. Prefer file. */
        Optional<String> value();

        /** A file that holds the secret and nothing else, as secrets are mounted; read at every use, so that it can rotate. */
        Optional<Path> file();
    }
}
