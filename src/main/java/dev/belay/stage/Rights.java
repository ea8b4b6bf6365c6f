package dev.belay.stage;

import dev.belay.postgres.Binaries;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.postgres.Identifiers;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Password;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.Subprocess;
import dev.belay.postgres.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The role that Belay logs in as on the target's server. It has the rights of {@code deploy/sql/roles.sql} and no others: the
 * demo is the proof that they are enough.
 */
final class Rights {

    static final String USER = "belay_service";

    private final ServerAddress superuser;
    private final Folders folders;

    Rights(ServerAddress superuser, Folders folders) {
        this.superuser = superuser;
        this.folders = folders;
    }

    /**
     * Runs the script as an operator would, twice, since it has to be possible to run it again.
     *
     * @param owner the role that owns the databases
     */
    ServerAddress give(DatabaseAdmin admin, String owner) throws SQLException, IOException {
        run(owner);
        run(owner);
        Path file = folders.server().resolve(USER + "-password");
        String password = UUID.randomUUID().toString();
        writePrivate(file, password + "\n");
        admin.execute("ALTER ROLE " + Identifiers.quote(USER) + " PASSWORD '" + password + "'");
        return new ServerAddress(
                superuser.host(), superuser.port(), USER, new Password.InFile(file), Tls.OFF, "postgres");
    }

    /** What the role may do as the server tells it, in the words of CREATE ROLE. */
    static String held(DatabaseAdmin admin) throws SQLException {
        try (Statement statement = admin.session().createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT concat_ws(' ', CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,"
                                + " CASE WHEN rolcreatedb THEN 'CREATEDB' END,"
                                + " CASE WHEN rolcreaterole THEN 'CREATEROLE' END,"
                                + " CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,"
                                + " CASE WHEN rolreplication THEN 'REPLICATION' END)"
                                + " FROM pg_roles WHERE rolname = '" + USER + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String owner) throws IOException {
        Path script = folders.project().resolve("../../sql/roles.sql").normalize();
        Path passwords = folders.server().resolve("operator.pgpass");
        writePrivate(passwords, "*:" + superuser.port() + ":*:" + superuser.user() + ":" + superuser.password() + "\n");
        Subprocess.Command psql = new Subprocess.Command(
                List.of(
                        Binaries.findServer(null).tool("psql").toString(),
                        "-X",
                        "-q",
                        "--host=" + superuser.host(),
                        "--port=" + superuser.port(),
                        "--username=" + superuser.user(),
                        "--dbname=postgres",
                        "--set=owner=" + owner,
                        "--set=belay=" + USER,
                        "--set=makes_roles=on",
                        "--file=" + script),
                Map.of("PGPASSFILE", passwords.toString()),
                null);
        Subprocess.Result result = Subprocess.run(psql, Monitor.none());
        Files.delete(passwords);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(script + " failed: " + String.join(" ", result.errors()));
        }
    }

    /** Nobody else may read it, from the first byte on. */
    static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
