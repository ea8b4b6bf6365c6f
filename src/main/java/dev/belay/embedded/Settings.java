package dev.belay.embedded;

import dev.belay.embedded.EmbeddedServer.Kind;
import dev.belay.embedded.EmbeddedServer.Options;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The server settings that differ from PostgreSQL's defaults. */
final class Settings {

    /** Reachable from this machine only, and no statement or row of anybody's in the log. */
    private static final Map<String, String> COMMON = Map.of(
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "log_min_error_statement", "panic",
            "log_error_verbosity", "terse");

    private static final Map<String, String> DURABLE = Map.of("cluster_name", "belay durable", "timezone", "UTC");

    /** All that buys safety is off: what is lost in a crash is thrown away as a whole and made anew. */
    private static final Map<String, String> SCRATCH = Map.ofEntries(
            Map.entry("cluster_name", "belay scratch"),
            Map.entry("timezone", "UTC"),
            Map.entry("fsync", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("autovacuum", "off"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_wal_size", "16GB"),
            Map.entry("checkpoint_timeout", "1h"),
            Map.entry("log_checkpoints", "off"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("maintenance_work_mem", "512MB"),
            Map.entry("max_prepared_transactions", "8"),
            Map.entry("max_locks_per_transaction", "256"),
            // Containers have 64 MB of /dev/shm; parallel queries over big tables want more.
            Map.entry("dynamic_shared_memory_type", "mmap"));

    private Settings() {}

    static String render(Options options, int port) {
        Map<String, String> all = new TreeMap<>(COMMON);
        all.putAll(options.kind() == Kind.DURABLE ? DURABLE : SCRATCH);
        all.putAll(options.settings());
        all.put("port", String.valueOf(port));
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + escape(setting.getValue()) + "'\n")
                .collect(Collectors.joining());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }
}
