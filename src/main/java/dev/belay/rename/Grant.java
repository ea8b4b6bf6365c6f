package dev.belay.rename;

/**
 * A privilege on a table or a column.
 *
 * @param grantee quoted, or PUBLIC
 */
record Grant(String privilege, String grantee, boolean grantable) {

    String on(String table) {
        return "GRANT " + privilege + " ON " + table + " TO " + grantee + option();
    }

    String on(String table, String column) {
        return "GRANT " + privilege + " (" + column + ") ON " + table + " TO " + grantee + option();
    }

    private String option() {
        return grantable ? " WITH GRANT OPTION" : "";
    }
}
