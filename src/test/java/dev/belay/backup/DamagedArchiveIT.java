package dev.belay.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import dev.belay.BelayTestResource;
import dev.belay.Run;
import dev.belay.TestDatabase;
import dev.belay.TestDatabasesResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An archive that is not what was written is found before anything is made of it. */
@QuarkusTest
@QuarkusTestResource(BelayTestResource.class)
@WithTestResource(TestDatabasesResource.class)
class DamagedArchiveIT {

    private final Backups backups;

    DamagedArchiveIT(Backups backups) {
        this.backups = backups;
    }

    private interface Damage {
        void to(Path folder) throws IOException;
    }

    @Test
    void a_flipped_byte_in_a_file() throws IOException {
        found("cannot be decompressed", folder -> flip(data(folder), 12));
    }

    @Test
    void a_file_that_was_replaced_by_a_valid_one() throws IOException {
        found("has another SHA-256", folder -> {
            byte[] content;
            try (ZstdInputStream compressed = new ZstdInputStream(Files.newInputStream(data(folder)))) {
                content = compressed.readAllBytes();
            }
            content[content.length / 2] ^= 1;
            Files.write(data(folder), Zstd.compress(content));
        });
    }

    @Test
    void a_flipped_byte_in_the_manifest() throws IOException {
        found("its manifest was changed", folder -> flip(folder.resolve("manifest.json"), 40));
    }

    @Test
    void a_file_that_was_cut() throws IOException {
        found("damaged", folder -> {
            byte[] content = Files.readAllBytes(data(folder));
            Files.write(data(folder), Arrays.copyOf(content, content.length / 2));
        });
    }

    @Test
    void a_missing_file() throws IOException {
        found("is missing", folder -> Files.delete(data(folder)));
    }

    @Test
    void a_missing_manifest() throws IOException {
        found("manifest is not there", folder -> Files.delete(folder.resolve("manifest.json")));
    }

    @Test
    void a_file_too_many() throws IOException {
        found("do not belong to it: [9999.dat.zst]", folder -> Files.writeString(folder.resolve("9999.dat.zst"), "x"));
    }

    private void found(String how, Damage damage) throws IOException {
        TestDatabase database = TestDatabase.claim()
                .execute(
                        "CREATE TABLE a (id int, b text)",
                        "INSERT INTO a SELECT i, md5(i::text) FROM generate_series(1, 500) i");
        UUID backup = UUID.fromString(Run.backUp(database).result("backup"));
        damage.to(backups.finalFolder(backup));

        Run run = Run.restore(database, Map.of("backup", backup, "acceptLoss", true));

        assertThat(run.outcome()).as(run.toString()).isEqualTo("FAILED UNCHANGED");
        assertThat(run.problem()).as(run.toString()).isEqualTo("archive-damaged");
        assertThat(run.detail()).contains(how);
        assertThat(database.ask("SELECT count(*) FROM a")).isEqualTo("500");
        assertThat(TestDatabase.askAll(
                        database.address().server().maintenance(),
                        "SELECT datname FROM pg_database WHERE datname LIKE '" + database.name() + "\\_%'"))
                .isEmpty();
    }

    private static void flip(Path file, int position) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[position] ^= 1;
        Files.write(file, content);
    }

    private static Path data(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".dat.zst"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
