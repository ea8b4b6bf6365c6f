package dev.belay.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.belay.postgres.Monitor;
import dev.belay.problem.ProblemException;
import dev.belay.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of one archive: pg_dump's files, each compressed with zstd, and the manifest. It comes into being under a
 * temporary name, is synced to disk and then renamed, so that what has the archive's name is whole.
 */
final class Archive {

    private static final String MANIFEST = "manifest.json";
    private static final String COMPRESSED = ".zst";

    private final Path folder;

    Archive(Path folder) {
        this.folder = folder;
    }

    /** Compresses pg_dump's files into the folder, several at once, and removes each when it is done. */
    static List<Manifest.ArchivedFile> pack(Path raw, Path folder, int level, Monitor monitor) throws IOException {
        try (Stream<Path> listed = Files.list(raw)) {
            List<Path> files = listed.sorted().toList();
            return Parallel.map(files, monitor, file -> compress(file, folder, level, monitor));
        }
    }

    private static Manifest.ArchivedFile compress(Path file, Path folder, int level, Monitor monitor)
            throws IOException {
        Path target = folder.resolve(file.getFileName() + COMPRESSED);
        DigestOutputStream digest = new DigestOutputStream(Files.newOutputStream(target), Sha256.digest());
        try (InputStream from = Files.newInputStream(file);
                OutputStream to = new ZstdOutputStream(digest, level)) {
            copy(from, to, monitor);
        }
        sync(target);
        long rawBytes = Files.size(file);
        Files.delete(file);
        return new Manifest.ArchivedFile(
                file.getFileName().toString(),
                Files.size(target),
                rawBytes,
                HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    }

    /** Writes the manifest into the folder, then gives the folder its final name; returns the manifest's SHA-256. */
    static String seal(Path partial, Path folder, Manifest manifest, ObjectMapper json) throws IOException {
        byte[] content = json.writeValueAsBytes(manifest);
        Files.write(partial.resolve(MANIFEST), content);
        sync(partial.resolve(MANIFEST));
        sync(partial);
        Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        sync(Objects.requireNonNull(folder.getParent()));
        return Sha256.of(content);
    }

    /**
     * Reads the manifest.
     *
     * @param sha256 what its hash must be
     * @throws ProblemException ARCHIVE_DAMAGED when it is another one or not there
     */
    Manifest manifest(String sha256, ObjectMapper json) throws IOException {
        Path file = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            throw damaged("its manifest is not there");
        }
        byte[] content = Files.readAllBytes(file);
        if (!Sha256.of(content).equals(sha256)) {
            throw damaged("its manifest was changed after it was written");
        }
        return json.readValue(content, Manifest.class);
    }

    /** The SHA-256 of every file of the archive, by its name. */
    static SortedMap<String, String> sums(Manifest manifest, String manifestSha256) {
        SortedMap<String, String> sums = new TreeMap<>(Map.of(MANIFEST, manifestSha256));
        manifest.files().forEach(file -> sums.put(file.name() + COMPRESSED, file.sha256()));
        return sums;
    }

    /** Decompresses all files into {@code raw}, checking each and that there are exactly those of the manifest. */
    void unpack(Manifest manifest, Path raw, Monitor monitor) throws IOException {
        checkNames(manifest);
        Files.createDirectories(raw);
        Parallel.map(manifest.files(), monitor, file -> {
            decompress(file, raw.resolve(file.name()), monitor);
            return file;
        });
    }

    private void checkNames(Manifest manifest) throws IOException {
        Set<String> expected = new HashSet<>(Set.of(MANIFEST));
        manifest.files().forEach(file -> expected.add(file.name() + COMPRESSED));
        Set<String> found = new HashSet<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.forEach(file -> found.add(file.getFileName().toString()));
        }
        for (String name : expected) {
            if (!found.contains(name)) {
                throw damaged("its file " + name + " is missing");
            }
        }
        found.removeAll(expected);
        if (!found.isEmpty()) {
            throw damaged("it has files that do not belong to it: " + found);
        }
    }

    private void decompress(Manifest.ArchivedFile file, Path target, Monitor monitor) throws IOException {
        Path source = folder.resolve(file.name() + COMPRESSED);
        DigestInputStream digest = new DigestInputStream(Files.newInputStream(source), Sha256.digest());
        try (digest;
                OutputStream to = Files.newOutputStream(target)) {
            copy(new ZstdInputStream(digest), to, monitor);
            // What is left after the last frame counts too.
            digest.transferTo(OutputStream.nullOutputStream());
        } catch (com.github.luben.zstd.ZstdIOException e) {
            throw damaged("its file " + source.getFileName() + " cannot be decompressed");
        }
        String found = HexFormat.of().formatHex(digest.getMessageDigest().digest());
        if (!found.equals(file.sha256())) {
            throw damaged("its file " + source.getFileName() + " has another SHA-256 than when it was written");
        }
    }

    private ProblemException damaged(String how) {
        return ProblemType.ARCHIVE_DAMAGED.because("The archive " + folder.getFileName() + " is damaged: " + how
                + ". It is not used for anything, and no database was touched. Use another backup, and look after the"
                + " storage.");
    }

    private static void copy(InputStream from, OutputStream to, Monitor monitor) throws IOException {
        byte[] buffer = new byte[1 << 18];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            monitor.check();
            to.write(buffer, 0, n);
        }
    }

    /** Without this a crash of the machine could leave a file of the right name with nothing in it. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
