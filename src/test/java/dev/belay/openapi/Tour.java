package dev.belay.openapi;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** One way through all operations, in an order in which each finds what it needs. */
final class Tour {

    private static final String ALL_PENDING = "Everything that is pending";
    private static final String TO_A_VERSION = "By the undo scripts, to a version";

    private final Described document;
    private final Noted noted;
    private final Sims sims;
    private final Set<String> sent = new TreeSet<>();

    Tour(Described document, Noted noted, Sims sims) {
        this.sims = sims;
        this.document = document;
        this.noted = noted;
    }

    /** The example requests that were sent. */
    Set<String> sent() {
        return sent;
    }

    /** Everything, in an order in which each finds what it needs. */
    List<ThrowingCallable> parts() {
        return List.of(
                this::databases,
                this::audits,
                this::migration,
                this::afterTheMigration,
                this::draft,
                this::rollback,
                this::refresh,
                this::roles,
                this::development,
                this::access);
    }

    private Call call(String operation) {
        return new Call(document.operation(operation), noted, sent).header("X-Forwarded-User", "argo");
    }

    private void databases() {
        call("listDatabases").expect(200);
        call("getDatabase").path("name", "madaris").expect(200);
        call("getDatabaseSchema").path("name", "madaris").expect(200);
        call("getDatabaseGate").path("name", "madaris").query("min", "2").expect(503);
        call("getDatabaseGate").path("name", "madaris").query("max", "0").expect(409);
        call("getDatabase").path("name", "atlantis").expect(404);
        call("listProjects").expect(200);
        call("getProject").path("name", "sims").expect(200);
    }

    private void audits() {
        whole("Audit", "What is pending", "madaris");
        finished("Audit", start("Audit", "As far as a version"), 200);
        whole("Backup", "A database", "madaris");
    }

    private void migration() {
        String dry = start("Migration", "As far as a version, ending with the plan");
        finished("Migration", dry, 200);
        String id = start("Migration", ALL_PENDING);
        cancelled("Migration", ALL_PENDING);
        Response plan = awaitPlan(id);
        call("createMigrationApproval")
                .path("id", id)
                .example("A plan that was read", Map.of())
                .expect(412);
        Map<String, String> digest = Map.of("planDigest", plan.path("digest"));
        for (int status : new int[] {201, 200}) {
            call("createMigrationApproval")
                    .path("id", id)
                    .header("X-Forwarded-User", "maria")
                    .example("A plan that was read", digest)
                    .expect(status);
        }
        call("getMigrationApprovals").path("id", id).expect(200);
        finished("Migration", id, 200);
        seen("Migration", id, "madaris");
        call("getMigrationReview").path("id", id).expect(200);
        String file = call("getMigrationUndo").path("id", id).expect(200).path("items[0].file");
        call("getMigrationUndoScript")
                .path("id", id)
                .path("module", "madaris")
                .path("file", file)
                .expect(200);
    }

    private Response awaitPlan(String id) {
        for (int i = 0; i < 60; i++) {
            String state = call("getMigration")
                    .path("id", id)
                    .query("wait", "1s")
                    .expect(200)
                    .path("state");
            if (state.equals("AWAITING_APPROVAL")) {
                return call("getMigrationPlan").path("id", id).expect(200);
            }
        }
        throw new IllegalStateException("the migration " + id + " never waits for its approval");
    }

    private void afterTheMigration() {
        call("getDatabaseGate").path("name", "madaris").withExamples().expect(200);
        call("getDatabaseRelations").path("name", "madaris").expect(200);
        whole("Acceptance", "A database", "madaris");
    }

    private void draft() {
        String id = whole("Draft", "A new name for a table", "madaris");
        String file = call("listDraftFiles").path("id", id).expect(200).path("items[0].path");
        call("getDraftFile").path("id", id).path("path", file).expect(200);
        call("getDraftReview").path("id", id).expect(200);
        call("getDraftZip").path("id", id).expect(200);
    }

    private void rollback() {
        String restore = start("Rollback", "From the backup, only tried");
        finished("Rollback", restore, 200);
        call("getRollbackSalvage").path("id", restore).expect(200);
        whole("Rollback", "By the undo scripts", "madaris");
        finished("Rollback", start("Rollback", TO_A_VERSION), 200);
    }

    private void refresh() {
        sims.old();
        whole("Refresh", "Staging from production", "sims-staging");
    }

    private void roles() {
        sims.released();
        whole("Relabel", "All modules that were squashed", "sims");
        finished("Role", start("Role", "Only tried"), 200);
        whole("Role", "What the project declares", "sims");
    }

    private void development() {
        finished("Draft", start("Draft", "The difference to another database"), 200);
        finished("Reset", start("Reset", "Only its rows taken away"), 200);
        whole("Reset", "Begun anew", "sims-dev");
    }

    private void access() {
        String id = call("createToken")
                .example("For a pipeline", Map.of())
                .expect(201)
                .path("view.id");
        call("createToken").example("For init containers", Map.of()).expect(201);
        call("listTokens").expect(200);
        call("revokeToken").path("id", id).expect(200);
        call("listAuditTrail").withExamples().expect(200);
        call("listAuditTrail").expect(200);
    }

    /** A job with everything that can be asked about it, and another that is cancelled while the first one runs. */
    private String whole(String thing, String example, String database) {
        String id = start(thing, example);
        cancelled(thing, example);
        finished(thing, id, 200);
        seen(thing, id, database);
        return id;
    }

    private String start(String thing, String example) {
        String id =
                call("create" + thing).example(example, Map.of()).expect(202).path("id");
        call("get" + thing + "Outcome").path("id", id).expect(503);
        return id;
    }

    private void cancelled(String thing, String example) {
        String id =
                call("create" + thing).example(example, Map.of()).expect(202).path("id");
        call("cancel" + thing).path("id", id).expect(202);
        finished(thing, id, 409);
        call("cancel" + thing).path("id", id).expect(202);
    }

    private void finished(String thing, String id, int outcome) {
        for (int i = 0; i < 8; i++) {
            boolean done = call("get" + thing)
                    .path("id", id)
                    .query("wait", "25s")
                    .expect(200)
                    .path("done");
            if (done) {
                break;
            }
        }
        call("get" + thing + "Outcome").path("id", id).expect(outcome);
    }

    private void seen(String thing, String id, String database) {
        Response job = call("get" + thing).path("id", id).expect(200);
        call("get" + thing)
                .path("id", id)
                .header("If-None-Match", job.header("ETag"))
                .expect(304);
        call("get" + thing).path("id", id).header("Accept", "text/plain").expect(200);
        call("get" + thing + "Outcome").path("id", id).withExamples().expect(200);
        call("get" + thing + "Events").path("id", id).withExamples().expect(200);
        call("cancel" + thing).path("id", id).expect(409);
        call("list" + thing + (thing.endsWith("sh") ? "es" : "s"))
                .withExamples()
                .query("database", database)
                .expect(200);
    }
}
