package dev.belay.draft;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.belay.database.Script;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file of a draft.
 *
 * @param path where it belongs below the project's folder, such as {@code academics/V3__add_x.sql}
 * @param module the module it is a script of; null for any other file
 * @param kind VERSIONED or UNDO for a script; null for any other file
 * @param version the script's version; null for any other file
 */
public record DraftFile(
        String path,
        String content,
        @Nullable String module,
        Script.@Nullable Kind kind,
        @Nullable String version) {

    /** A file that is no script. */
    public static DraftFile other(String path, String content) {
        return new DraftFile(path, content, null, null, null);
    }

    /** As its module will have it; empty when it is no script. */
    @JsonIgnore
    public Optional<Script> script() {
        if (kind == null) {
            return Optional.empty();
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        String description = name.substring(name.indexOf("__") + 2, name.length() - ".sql".length());
        return Optional.of(new Script(kind, name, version, description.replace('_', ' '), content, null));
    }
}
