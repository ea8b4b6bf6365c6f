package dev.belay.roles;

/**
 * What came of trying a statement as a role.
 *
 * @param statement its beginning, without literals
 * @param expected whether it has to be possible
 */
record Trial(String role, String statement, Expected expected, boolean passed, String detail) {

    enum Expected {
        MAY,
        MAY_NOT
    }

    @Override
    public String toString() {
        return role + (expected == Expected.MAY ? " may " : " may not ") + statement + ": "
                + detail.replaceAll("\\.$", "");
    }
}
