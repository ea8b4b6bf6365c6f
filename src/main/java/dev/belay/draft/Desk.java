package dev.belay.draft;

import dev.belay.database.ManagedDatabase;
import dev.belay.database.Project;
import dev.belay.database.ProjectModule;
import dev.belay.database.Script;
import dev.belay.run.JobContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** What an author works with: what was asked for, copies without rows to try things on, and the names of new files. */
public final class Desk {

    private final Commission commission;
    private final Copies copies;
    private final Places places;
    private final JobContext job;
    private final Map<String, String> last = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    Desk(Commission commission, Copies copies, Places places, JobContext job) {
        this.commission = commission;
        this.copies = copies;
        this.places = places;
        this.job = job;
    }

    /**
     * Where files go.
     *
     * @param folders of the modules below the project's folder, by their names
     * @param current the versions of the modules in the live database, by their names; without those that have none
     * @param now for modules that number by the clock
     */
    record Places(Map<String, String> folders, Map<String, String> current, Instant now) {
        Places {
            folders = Map.copyOf(folders);
            current = Map.copyOf(current);
        }
    }

    public Commission commission() {
        return commission;
    }

    public ManagedDatabase live() {
        return commission.live();
    }

    public Project project() {
        return commission.project();
    }

    public ProjectModule module() {
        return commission.module();
    }

    /** How far the work is, and whether it has to stop. */
    public JobContext job() {
        return job;
    }

    /**
     * A new database on the scratch server with the live schema as it was when the first of a job was made: no rows but
     * those of the history tables.
     *
     * @param word what it is for, letters only; part of its name
     */
    public ManagedDatabase copy(String word) throws Exception {
        return copies.ofLive(commission, unique(word), job);
    }

    /** A new, empty database on the scratch server that sorts and stores text as the live one does. */
    public ManagedDatabase empty(String word) throws Exception {
        return copies.empty(live(), unique(word), job);
    }

    /** A new database on the scratch server with the schema of another managed one, without any row. */
    public ManagedDatabase schemaOf(ManagedDatabase other, String word) throws Exception {
        return copies.of(other, List.of(), unique(word), job);
    }

    private String unique(String word) {
        int count = counts.merge(word, 1, Integer::sum);
        return count == 1 ? word : word + count;
    }

    /**
     * The files of the next version of a module, in the style in which it numbers its versions; called again, of the one
     * after that.
     *
     * @param description what the version does, in a few words
     * @param back null when there is no way back
     */
    public List<DraftFile> version(ProjectModule module, String description, String forward, @Nullable String back) {
        String number = next(module);
        String version = MigrationVersion.fromVersion(number).getVersion();
        String rest = number + "__" + VersionStyle.words(description) + ".sql";
        List<DraftFile> files = new ArrayList<>();
        files.add(new DraftFile(path(module, "V" + rest), forward, module.name(), Script.Kind.VERSIONED, version));
        if (back != null) {
            files.add(new DraftFile(path(module, "U" + rest), back, module.name(), Script.Kind.UNDO, version));
        }
        return files;
    }

    private String next(ProjectModule module) {
        String before = last.get(module.name());
        String number = before == null
                ? VersionStyle.first(module, places.current().get(module.name()), places.now())
                : VersionStyle.after(before, places.now());
        last.put(module.name(), number);
        return number;
    }

    /** Where a file of a module belongs below the project's folder. */
    public String path(ProjectModule module, String file) {
        String folder = places.folders().getOrDefault(module.name(), module.name());
        return folder.isEmpty() ? file : folder + "/" + file;
    }
}
