package dev.belay.embedded;

import com.sun.security.auth.module.UnixSystem;
import dev.belay.postgres.Monitor;
import dev.belay.postgres.Subprocess;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, as which Belay runs in many a container. Then a new user
 * namespace makes root look like nobody: the files stay root's and no other account is needed. Where the kernel or the
 * container forbids namespaces, it is the account {@code postgres}, which gets the directory.
 */
final class Account {

    private static final Path UNSHARE = Path.of("/usr/bin/unshare");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

    private final List<String> prefix;
    private final UserPrincipal owner;

    private Account(List<String> prefix, UserPrincipal owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    static Account choose(Path directory) throws IOException {
        if (new UnixSystem().getUid() != 0) {
            return new Account(List.of(), Files.getOwner(directory));
        }
        if (works(Subprocess.Command.of(UNSHARE, "-U", "true"))) {
            Account root = new Account(List.of(UNSHARE.toString(), "-U"), principal(directory, "root"));
            root.own(directory);
            return root;
        }
        return postgres(directory);
    }

    /** The way without namespaces; it needs the account, and a directory that the account can reach. */
    static Account postgres(Path directory) {
        List<String> prefix =
                List.of(SETPRIV.toString(), "--reuid=postgres", "--regid=postgres", "--init-groups", "--");
        try {
            Account account = new Account(prefix, principal(directory, "postgres"));
            account.own(directory);
            if (account.run(directory, Path.of("/usr/bin/test"), "-w", directory.toString())
                            .exitCode()
                    == 0) {
                return account;
            }
        } catch (IOException | ProblemException e) {
            throw ProblemType.SERVER_FAILED.because(refusal(directory) + " (" + e.getMessage() + ")", e);
        }
        throw ProblemType.SERVER_FAILED.because(refusal(directory));
    }

    /** Runs one of PostgreSQL's programs as this account, with the given working directory. */
    Subprocess.Result run(Path workingDirectory, Path program, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return Subprocess.run(new Subprocess.Command(command, Map.of(), workingDirectory), Monitor.none());
    }

    /** Gives the account what lies at the path, if something does and is another's. */
    void own(Path path) throws IOException {
        if (!Files.exists(path) || Files.getOwner(path).equals(owner)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.toList()) {
                if (!Files.isSymbolicLink(each)) {
                    Files.setOwner(each, owner);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static boolean works(Subprocess.Command command) {
        try {
            return Subprocess.run(command, Monitor.none()).exitCode() == 0;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static UserPrincipal principal(Path directory, String name) throws IOException {
        return directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }

    private static String refusal(Path directory) {
        return "PostgreSQL does not run as root. Belay, which does, may not create a user namespace here (unshare -U),"
                + " and the account postgres cannot be used for " + directory + ". Nothing was started. Run Belay as an"
                + " ordinary user, or configure a directory below one that the account postgres can enter.";
    }
}
