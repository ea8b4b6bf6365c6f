package dev.belay.job;

/** What a job does, and the path under which its kind is found. */
public enum JobKind {
    ACCEPTANCE("acceptances"),
    AUDIT("audits"),
    BACKUP("backups"),
    DRAFT("drafts"),
    MIGRATION("migrations"),
    REFRESH("refreshes"),
    RELABEL("relabels"),
    RESET("resets"),
    ROLES("roles"),
    ROLLBACK("rollbacks");

    private final String path;

    JobKind(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }
}
