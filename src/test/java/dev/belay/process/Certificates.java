package dev.belay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** An authority, and certificates that it issues, all in PEM. */
record Certificates(Path folder) {

    static Certificates in(Path folder) throws IOException {
        Certificates made = new Certificates(folder);
        made.openssl("ca", List.of("-newkey", "rsa:2048", "-subj", "/CN=an authority"));
        made.openssl("other", List.of("-newkey", "rsa:2048", "-subj", "/CN=another authority"));
        return made;
    }

    /** A certificate and its key, for a host or a role of that name. */
    Certificates issue(String file, String name, String... kindOfKey) throws IOException {
        List<String> options = new ArrayList<>(List.of(kindOfKey));
        options.addAll(List.of(
                "-subj",
                "/CN=" + name,
                "-CA",
                certificate("ca").toString(),
                "-CAkey",
                key("ca").toString(),
                "-addext",
                "subjectAltName=DNS:" + name,
                "-addext",
                "basicConstraints=critical,CA:FALSE"));
        openssl(file, options);
        return this;
    }

    Path certificate(String file) {
        return folder.resolve(file + ".crt");
    }

    Path key(String file) {
        return folder.resolve(file + ".key");
    }

    private void openssl(String file, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-keyout",
                key(file).toString(),
                "-out",
                certificate(file).toString()));
        command.addAll(options);
        Path said = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(Files.readString(said));
        }
        Files.setPosixFilePermissions(key(file), PosixFilePermissions.fromString("rw-------"));
    }
}
