package dev.belay.backup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** How backups are made. */
@ConfigMapping(prefix = "belay.backups")
public interface BackupConfig {

    /** Where archives are kept. With several replicas this must be storage that they share. */
    @WithDefault("${belay.data-directory:data}/backups")
    Path directory();

    /** How many sessions dump, restore and fingerprint at once. */
    @WithDefault("2")
    int sessions();

    /** zstd's compression level, 1 (fast) to 19 (small). */
    @WithDefault("3")
    int compressionLevel();
}
