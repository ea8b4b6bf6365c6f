package dev.belay;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** A job that a test asked for over HTTP. */
public final class Run {

    private static final int PATIENCE = 8;

    private final String path;
    private JsonPath view;

    private Run(String kind, Map<String, Object> body, Map<String, String> headers) {
        this.view = given().contentType(ContentType.JSON)
                .headers(headers)
                .body(body)
                .post("/" + kind)
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        this.path = "/" + kind + "/" + id();
    }

    /** Asks for a job and returns at once. */
    public static Run start(String kind, TestDatabase database, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("database", database.name());
        return new Run(kind, body, Map.of());
    }

    /** Asks for a migration in somebody's name and returns at once. */
    public static Run migrationBy(String caller, TestDatabase database) {
        return new Run("migrations", Map.of("database", database.name()), Map.of("X-Forwarded-User", caller));
    }

    /** A migration in the midst of which something happens: once the step has begun. */
    public static Run migrateWhile(TestDatabase database, String step, Runnable action) {
        return start("migrations", database, Map.of()).during(step, action).await();
    }

    public static Run audit(TestDatabase database) {
        return start("audits", database, Map.of()).await();
    }

    public static Run backUp(TestDatabase database) {
        return start("backups", database, Map.of()).await();
    }

    public static Run migrate(TestDatabase database) {
        return migrate(database, Map.of());
    }

    public static Run migrate(TestDatabase database, Map<String, Object> more) {
        return start("migrations", database, more).await();
    }

    public static Run undo(TestDatabase database, Map<String, Object> more) {
        return start("rollbacks", database, more).await();
    }

    public static Run restore(TestDatabase database, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("method", "RESTORE");
        return start("rollbacks", database, body).await();
    }

    /** Approves the plan of a waiting migration in somebody's name. */
    public Response approveBy(String approver) {
        return approveBy(approver, result("planDigest"));
    }

    public Response approveBy(String approver, String digest) {
        return given().contentType(ContentType.JSON)
                .header("X-Forwarded-User", approver)
                .body(Map.of("planDigest", digest, "comment", "read it"))
                .post(path + "/approvals");
    }

    /** Waits until the job is done. */
    public Run await() {
        for (int i = 0; i < PATIENCE && !view.getBoolean("done"); i++) {
            view = given().get(path + "?wait=25s")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
        }
        if (!view.getBoolean("done")) {
            throw new IllegalStateException("the job is still not done: " + view.prettify());
        }
        return this;
    }

    /** Waits until the job is in a state. */
    public Run awaitState(String state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!state().equals(state)) {
            if (view.getBoolean("done") || System.nanoTime() > deadline) {
                throw new IllegalStateException("the job does not come to be " + state + ": " + view.prettify());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            refresh();
        }
        return this;
    }

    /** Does something once the step has begun. */
    public Run during(String step, Runnable action) {
        while (!view.getBoolean("done") && stepState(step).equals("PENDING")) {
            refresh();
        }
        if (!stepState(step).equals("RUNNING")) {
            throw new IllegalStateException("came too late for the step " + step + ": " + view.prettify());
        }
        action.run();
        return this;
    }

    /** Looks at the job as it is now. */
    public Run refresh() {
        view = given().get(path).then().statusCode(200).extract().jsonPath();
        return this;
    }

    public String path() {
        return path;
    }

    public String id() {
        return view.getString("id");
    }

    public String state() {
        return view.getString("state");
    }

    public String databaseState() {
        return view.getString("databaseState");
    }

    /** Such as {@code FAILED UNCHANGED}, and what went wrong, for a message that says it all. */
    public String outcome() {
        return state() + " " + databaseState();
    }

    /** The slug of the error's type; empty without an error. */
    public String problem() {
        return Objects.requireNonNullElse(view.getString("error.type"), "").replace("urn:belay:problem:", "");
    }

    /** The error's detail; empty without an error. */
    public String detail() {
        return Objects.requireNonNullElse(view.getString("error.detail"), "");
    }

    /** The detail of a step. */
    public String step(String name) {
        return view.getString("steps.find { it.name == '" + name + "' }.detail");
    }

    public String stepState(String name) {
        return view.getString("steps.find { it.name == '" + name + "' }.state");
    }

    public String result(String name) {
        return view.getString("result." + name);
    }

    /** Part of the result, by its path in the JSON. */
    public <T> List<T> list(String path) {
        return view.getList("result." + path);
    }

    public List<String> results(String name) {
        return view.getList("result." + name, String.class);
    }

    /** Everything, so that a failed assertion tells why. */
    @Override
    public String toString() {
        return outcome() + " " + view.prettify();
    }
}
