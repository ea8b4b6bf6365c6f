package dev.belay.embedded;

import dev.belay.embedded.EmbeddedServer.Kind;
import dev.belay.embedded.EmbeddedServer.Options;
import dev.belay.postgres.Subprocess;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The files of one embedded server: {@code data} as initdb makes it, and beside it the superuser's password, the log,
 * and {@code trust}, which tells whether the contents of a scratch server can be believed.
 */
final class Cluster {

    private static final Logger LOG = Logger.getLogger(Cluster.class);

    private static final String DATA = "data";
    private static final String HALF_MADE = "data.new";
    private static final String DISCARDED = "data.discarded";
    private static final String SYNCED = "synced";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Options options;
    private final Account account;
    private final Path directory;

    Cluster(Options options, Account account) {
        this.options = options;
        this.account = account;
        this.directory = options.directory();
    }

    Path data() {
        return directory.resolve(DATA);
    }

    /** Where the superuser's password is. */
    Path passwordFile() {
        return directory.resolve("password");
    }

    /** True when there is a cluster that these programs can run; a scratch cluster that is not so is made anew. */
    boolean exists() {
        return Files.exists(data())
                && Files.exists(passwordFile())
                && majorOnDisk().equals(major());
    }

    /** Makes the cluster when there is none, or none that can be trusted. No server may be running in it. */
    void prepare() throws IOException {
        Directories.delete(directory.resolve(HALF_MADE));
        Directories.delete(directory.resolve(DISCARDED));
        if (options.kind() == Kind.DURABLE && Files.exists(data())) {
            requireUsable();
        } else if (options.kind() == Kind.SCRATCH && Files.exists(data()) && !isTrusted()) {
            LOG.infof("the scratch server in %s was not stopped properly, its contents are thrown away", directory);
            Files.move(data(), directory.resolve(DISCARDED), StandardCopyOption.ATOMIC_MOVE);
            Directories.delete(directory.resolve(DISCARDED));
        }
        if (!Files.exists(data())) {
            create();
        }
        account.own(data());
    }

    /** Writes the settings; returns whether they changed. */
    boolean configure(int port) throws IOException {
        Path file = data().resolve("belay.conf");
        String settings = Settings.render(options, port);
        if (Files.exists(file) && Files.readString(file).equals(settings)) {
            return false;
        }
        Files.writeString(file, settings);
        return true;
    }

    /** From now on the contents are as good as the running kernel's memory. */
    void markInUse() throws IOException {
        Files.writeString(directory.resolve("trust"), bootId());
    }

    /** After a clean stop: writes everything to disk, so that the contents survive a reboot too. */
    void markStopped() throws IOException {
        if (run("initdb", "--sync-only", "-D", DATA).exitCode() == 0) {
            Files.writeString(directory.resolve("trust"), SYNCED);
        }
    }

    Subprocess.Result run(String tool, String... arguments) {
        return account.run(directory, options.binaries().tool(tool), arguments);
    }

    private void create() throws IOException {
        writePassword();
        List<String> arguments = new ArrayList<>(
                List.of("-D", HALF_MADE, "--username=" + options.kind().superuser()));
        arguments.addAll(List.of("--auth=scram-sha-256", "--pwfile=password", "--encoding=UTF8", "--no-instructions"));
        arguments.add("--locale=" + options.locale());
        arguments.add(options.kind() == Kind.DURABLE ? "--data-checksums" : "--no-sync");
        Subprocess.Result result = run("initdb", arguments.toArray(String[]::new));
        if (result.exitCode() != 0) {
            throw ProblemType.SERVER_FAILED.because("initdb could not make a server in " + directory
                    + "; nothing is left of the attempt. It said:\n" + String.join("\n", result.errors()));
        }
        Path made = directory.resolve(HALF_MADE);
        Files.writeString(
                made.resolve("postgresql.conf"), "include_if_exists = 'belay.conf'\n", StandardOpenOption.APPEND);
        Files.move(made, data(), StandardCopyOption.ATOMIC_MOVE);
        Directories.sync(directory);
    }

    private void writePassword() throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile());
        Files.createFile(passwordFile(), Directories.ONLY_OWNER_FILE);
        Files.writeString(passwordFile(), Base64.getUrlEncoder().encodeToString(random) + "\n");
        account.own(passwordFile());
    }

    private void requireUsable() {
        if (!majorOnDisk().equals(major())) {
            throw ProblemType.SERVER_FAILED.because("The data in " + data() + " is of PostgreSQL " + majorOnDisk()
                    + ", the programs in " + options.binaries().directory() + " are of version " + major()
                    + ". Nothing was changed. Configure the programs of version " + majorOnDisk()
                    + ", or bring the data up with pg_upgrade.");
        }
        if (!Files.exists(passwordFile())) {
            throw ProblemType.SERVER_FAILED.because("The password file " + passwordFile()
                    + " is missing, without which Belay cannot log in to its own data. Nothing was changed. Put the"
                    + " file back, or move the whole directory away to begin anew.");
        }
    }

    /** Without fsync, contents outlive a clean stop, but no crash of the server and no power loss. */
    private boolean isTrusted() throws IOException {
        Path trust = directory.resolve("trust");
        if (!exists() || !Files.exists(trust)) {
            return false;
        }
        String mark = Files.readString(trust);
        return (mark.equals(SYNCED) || mark.equals(bootId())) && wasShutDown();
    }

    private boolean wasShutDown() {
        return run("pg_controldata", "-D", DATA).output().stream()
                .anyMatch(line -> line.matches("Database cluster state: +shut down"));
    }

    private String majorOnDisk() {
        try {
            return Files.readString(data().resolve("PG_VERSION")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private String major() {
        return String.valueOf(options.binaries().major());
    }

    private static String bootId() throws IOException {
        return Files.isReadable(BOOT_ID)
                ? Files.readString(BOOT_ID, StandardCharsets.UTF_8).strip()
                : "unknown boot";
    }
}
