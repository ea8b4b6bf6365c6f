package dev.belay.roles;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job has done or found, and what stands in its way.
 *
 * @param extra what is in the database beyond the declaration, and stays
 * @param warnings what works as declared and may surprise
 * @param faults why the declaration cannot be made in this database
 */
record RoleChanges(
        List<RoleChange> created,
        List<RoleChange> changed,
        List<RoleChange> unchanged,
        List<RoleChange> removed,
        List<RoleChange> extra,
        List<String> warnings,
        @JsonIgnore List<String> faults) {

    static RoleChanges none() {
        return new RoleChanges(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    /** Whether the database is other than it was. */
    boolean isAny() {
        return !(created.isEmpty() && changed.isEmpty() && removed.isEmpty());
    }

    void created(String type, String name) {
        created.add(new RoleChange(type, name, null));
    }

    void changed(String type, String name, String detail) {
        changed.add(new RoleChange(type, name, detail));
    }

    void unchanged(String type, String name) {
        unchanged.add(new RoleChange(type, name, null));
    }

    void removed(String type, String name) {
        removed.add(new RoleChange(type, name, null));
    }

    void extra(String type, String name, String detail) {
        extra.add(new RoleChange(type, name, detail));
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    void fault(String fault) {
        faults.add(fault);
    }

    /** In a few words. */
    String shown() {
        if (!isAny()) {
            return "nothing to change: " + unchanged.size() + " things are as declared" + beyond();
        }
        return created.size() + " created, " + changed.size() + " changed, " + removed.size() + " removed, "
                + unchanged.size() + " unchanged" + beyond();
    }

    private String beyond() {
        return extra.isEmpty() ? "" : "; " + extra.size() + " beyond the declaration";
    }
}
