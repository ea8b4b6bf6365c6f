package dev.belay.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** What every part of the demo plays on. */
record Stage(Narrator narrator, School school, Client client, Jobs jobs) {

    /** Asks the gate that a pod of the new release waits at, for version 2. */
    int gate() throws Exception {
        return client.get("/databases/madaris/gate?module=madaris&min=2").status();
    }

    /** The rows of all tables, counted one by one. */
    long rows() throws SQLException {
        try (Connection session = school.connect()) {
            return KnownRows.take(session).rows();
        }
    }
}
