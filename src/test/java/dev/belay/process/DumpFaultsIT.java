package dev.belay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.belay.catalog.Fingerprint;
import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.ServerAddress;
import dev.belay.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What can happen to a dump and a restore: the network, the disk, the kernel. */
class DumpFaultsIT {

    private DatabaseAddress shop = Shop.create();

    @Test
    void a_backup_whose_connections_are_cut_in_the_middle_of_a_copy_fails_and_leaves_nothing() throws Exception {
        fill();
        Fingerprint before = Shop.fingerprint(shop);
        ServerAddress real = shop.server();
        try (CutProxy proxy = new CutProxy(real.port())) {
            Workplace place = Workplace.of(real, Shop.quickProject(), shop.name())
                    .with("belay.servers.main.port", String.valueOf(proxy.port()));
            try (BelayProcess service = BelayProcess.start(place)) {
                proxy.cutAfter(3_000_000);
                JsonNode job = service.api().await("backups", service.api().order("backups", Jobs.on(shop)));

                assertThat(proxy.wasCut()).isTrue();
                Jobs.failed(job, "UNCHANGED");
                assertThat(Workplace.list(place.backups(), ".*")).isEmpty();
                Invariants.same(shop, before);
                Invariants.holdFor(place, real);
                Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
            }
        }
    }

    @Test
    void a_backup_that_does_not_fit_on_the_disk_fails_and_frees_it() throws Exception {
        TestPostgres.execute(
                shop, "INSERT INTO customer (name) SELECT repeat('x', 300000) FROM generate_series(1, 300)");
        Fingerprint before = Shop.fingerprint(shop);
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        Path disk = Files.createDirectories(place.directory().resolve("disk"));
        Assumptions.assumeTrue(
                mount("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString()),
                "a small disk cannot be mounted here; that needs root and CAP_SYS_ADMIN");
        place.with("belay.backups.directory", disk.toString());
        try (BelayProcess service = BelayProcess.start(place)) {
            JsonNode job = service.api().await("backups", service.api().order("backups", Jobs.on(shop)));

            assertThat(Jobs.failed(job, "UNCHANGED")).isEqualTo("disk-full");
            assertThat(Workplace.list(disk, ".*")).isEmpty();
            Invariants.same(shop, before);
            Invariants.holdFor(place, shop.server());
            assertThat(mount("mount", "-o", "remount,size=400m", disk.toString()))
                    .isTrue();
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
            assertThat(mount("umount", "-l", disk.toString())).isTrue();
        }
    }

    @Test
    void a_proof_whose_pg_restore_is_killed_fails_and_its_copy_is_dropped() {
        fill();
        Fingerprint before = Shop.fingerprint(shop);
        Workplace place = Workplace.of(shop.server(), Shop.quickProject(), shop.name());
        try (BelayProcess service = BelayProcess.start(place)) {
            String id = service.api().order("backups", Jobs.on(shop));
            kill(service, "pg_restore", "--jobs");

            JsonNode job = service.api().await("backups", id);
            assertThat(Jobs.failed(job, "UNCHANGED")).isEqualTo("tool-failed");
            assertThat(job.path("error").path("detail").asText()).contains("killed by signal 9");
            assertThat(Workplace.list(place.backups(), ".*")).isEmpty();
            Invariants.same(shop, before);
            Invariants.holdFor(place, shop.server());
            Jobs.succeed(service.api(), "backups", Jobs.on(shop), "UNCHANGED");
        }
    }

    private void fill() {
        TestPostgres.execute(
                shop,
                "INSERT INTO customer (name, note) SELECT 'customer ' || n, repeat(md5(n::text), 8)"
                        + " FROM generate_series(1, 60000) n");
    }

    /** With --jobs the leader forks workers; it is the leader that dies. */
    private static void kill(BelayProcess service, String program, String argument) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() < deadline) {
            Optional<ProcessHandle> found = ProcessHandle.of(service.pid()).stream()
                    .flatMap(ProcessHandle::children)
                    .filter(child -> child.info().command().orElse("").endsWith(program))
                    .filter(child -> List.of(child.info().arguments().orElse(new String[0])).stream()
                            .anyMatch(each -> each.startsWith(argument)))
                    .findFirst();
            if (found.isPresent() && found.get().destroyForcibly()) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException(program + " was not seen");
    }

    private static boolean mount(String... command) throws IOException {
        return new ProcessBuilder(command).start().onExit().join().exitValue() == 0;
    }
}
