package dev.belay.restore;

import static dev.belay.postgres.Identifiers.literal;
import static dev.belay.postgres.Identifiers.quote;

import dev.belay.postgres.DatabaseAddress;
import dev.belay.postgres.DatabaseAdmin;
import dev.belay.problem.ProblemType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a database that is replaced. They belong to the database itself, and only one may pull from a slot:
 * so they are disabled before the swap and made anew in the restored database after it, disabled too. Whether to go on where
 * the slot stands, or to fetch the tables anew, is for a person to decide.
 *
 * @param all as they were before they were disabled
 */
record Subscriptions(List<Subscription> all) {

    /** The catalog is one for the whole server, so it is read from anywhere, even when the database is closed. */
    private static final String CREATE = """
            SELECT s.subname, pg_catalog.format('CREATE SUBSCRIPTION %I CONNECTION %L PUBLICATION %s WITH (%s)', s.subname,
                    s.subconninfo,
                    (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(p), ', ') FROM pg_catalog.unnest(s.subpublications) p),
                    pg_catalog.concat_ws(', ', 'connect = false',
                        'slot_name = ' || coalesce(pg_catalog.quote_literal(s.subslotname), 'NONE'),
                        'synchronous_commit = ' || pg_catalog.quote_literal(s.subsynccommit),
                        'binary = ' || (j ->> 'subbinary'),
                        'streaming = ' || CASE j ->> 'substream' WHEN 'f' THEN 'off' WHEN 't' THEN 'on'
                                                                 WHEN 'p' THEN 'parallel' ELSE j ->> 'substream' END,
                        CASE WHEN j ->> 'subtwophasestate' <> 'd' THEN 'two_phase = on' END,
                        'disable_on_error = ' || (j ->> 'subdisableonerr'),
                        'password_required = ' || (j ->> 'subpasswordrequired'),
                        'run_as_owner = ' || (j ->> 'subrunasowner'),
                        'origin = ' || (j ->> 'suborigin'),
                        'failover = ' || (j ->> 'subfailover'))),
                pg_catalog.format('ALTER SUBSCRIPTION %I OWNER TO %I', s.subname, pg_catalog.pg_get_userbyid(s.subowner))
            FROM pg_catalog.pg_subscription s, pg_catalog.to_jsonb(s) j
            WHERE s.subdbid = ?::oid ORDER BY s.subname
            """;

    Subscriptions {
        all = List.copyOf(all);
    }

    /**
     * One subscription, without how it connects: that may hold a password.
     *
     * @param slot the slot on the publisher; null when it has none
     */
    record Subscription(
            String name,
            boolean enabled,
            @Nullable String slot,
            @Nullable String comment) {}

    static Subscriptions read(Connection inside) throws SQLException {
        String sql = "SELECT subname, subenabled, subslotname, obj_description(s.oid, 'pg_subscription')"
                + " FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
                + " WHERE d.datname = current_database() ORDER BY subname";
        try (Statement statement = inside.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Subscription> found = new ArrayList<>();
            while (rows.next()) {
                found.add(
                        new Subscription(rows.getString(1), rows.getBoolean(2), rows.getString(3), rows.getString(4)));
            }
            return new Subscriptions(found);
        }
    }

    /**
     * Refuses what could not be carried.
     *
     * @throws dev.belay.problem.ProblemException PREFLIGHT_REFUSED when there are some and Belay may not read how they connect
     */
    void requireReadable(Connection session) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw ProblemType.PREFLIGHT_REFUSED.because("The database has " + shown()
                        + ", and only a superuser may read how a subscription connects. Belay's user is none, so it could"
                        + " not make it anew in the restored database. Nothing was changed. Let Belay log in as a"
                        + " superuser, or drop the subscription and set it up again afterwards, or ask for a rollback with"
                        + " the method UNDO.");
            }
        }
    }

    /** Ends their work in the live database; {@link #enableAgain} takes it back. */
    void disable(DatabaseAddress live) throws SQLException {
        alter(live, "DISABLE");
    }

    /** For a swap that was not done. */
    void enableAgain(DatabaseAddress live) throws SQLException {
        alter(live, "ENABLE");
    }

    /**
     * Makes them in the database that took over, disabled; one that is there already is left.
     *
     * @param replaced the OID of the database that they are of
     * @return what is left for a person to do, a sentence for each
     */
    List<String> carry(DatabaseAdmin admin, long replaced, DatabaseAddress successor) throws SQLException {
        if (all.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement read = admin.session().prepareStatement(CREATE);
                Connection session = successor.open();
                Statement statement = session.createStatement()) {
            List<String> there =
                    read(session).all().stream().map(Subscription::name).toList();
            read.setLong(1, replaced);
            try (ResultSet rows = read.executeQuery()) {
                while (rows.next()) {
                    if (!there.contains(rows.getString(1))) {
                        statement.execute(rows.getString(2));
                        statement.execute(rows.getString(3));
                    }
                }
            }
            for (Subscription one : all) {
                statement.execute("COMMENT ON SUBSCRIPTION " + quote(one.name()) + " IS "
                        + (one.comment() == null ? "NULL" : literal(one.comment())));
            }
        }
        return all.stream().map(Subscriptions::toDo).toList();
    }

    String shown() {
        return String.join(
                ", ", all.stream().map(one -> "the subscription " + one.name()).toList());
    }

    private static String toDo(Subscription one) {
        String name = quote(one.name());
        String again = one.enabled()
                ? " To go on: ALTER SUBSCRIPTION " + name + " ENABLE; then ALTER SUBSCRIPTION " + name
                        + " REFRESH PUBLICATION WITH (copy_data = false), or with true to fetch the tables anew."
                : " It was disabled before.";
        String slot = one.slot() == null
                ? ""
                : " What the publisher sent between the backup and the swap is not sent again from the slot "
                        + one.slot()
                        + ". Before the replaced database is dropped: in it, ALTER SUBSCRIPTION " + name
                        + " SET (slot_name = NONE) and DROP SUBSCRIPTION " + name
                        + "; with its slot_name it would drop the publisher's slot.";
        return "The subscription " + one.name() + " is there, disabled." + again + slot;
    }

    private void alter(DatabaseAddress live, String how) throws SQLException {
        if (all.stream().noneMatch(Subscription::enabled)) {
            return;
        }
        try (Connection session = live.open();
                Statement statement = session.createStatement()) {
            for (Subscription one : all) {
                if (one.enabled()) {
                    statement.execute("ALTER SUBSCRIPTION " + quote(one.name()) + " " + how);
                }
            }
        }
    }
}
