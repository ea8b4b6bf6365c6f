package dev.belay.sims;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The new release of the application, as far as its endpoints are asked: lists read from the database, and a login that
 * verifies passwords as Django stores them. It stands for the real one, and is as strict.
 */
final class Application implements AutoCloseable {

    private static final Map<String, String> LISTS = Map.of(
            "/health/", "SELECT true AS healthy",
            "/api/students/",
                    "SELECT s.id, s.reg_no, g.name AS part, b.name AS batch, p.name AS program FROM students_student s"
                            + " JOIN academics_group g ON g.id = s.group_id JOIN academics_batch b ON b.id = s.batch_id"
                            + " JOIN academics_program p ON p.id = s.program_id",
            "/api/timetable/",
                    "SELECT e.day_of_week, e.slot, e.course FROM timetable_timetableentry e"
                            + " JOIN timetable_weeklytimetable t ON t.id = e.timetable_id",
            "/api/attendance/",
                    "SELECT a.date, a.status FROM attendance_attendance a"
                            + " JOIN timetable_timetableentry e ON e.id = a.timetable_entry_id",
            "/api/exams/",
                    "SELECT e.title, c.sequence, c.name FROM exams_exam e JOIN exams_examcomponent c ON c.exam_id = e.id",
            "/api/results/",
                    "SELECT h.status, h.final_outcome FROM results_resultheader h WHERE h.status IN ('PUBLISHED', 'FROZEN')",
            "/api/finance/vouchers/", "SELECT v.voucher_no, v.status FROM finance_voucher v");

    /** Only who is logged in may ask for one student. */
    private static final String PERSONAL = "student=";

    private final Campus campus;
    private final String database;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Login login;
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    private Application(Campus campus, String database, HttpServer http) {
        this.campus = campus;
        this.database = database;
        this.http = http;
        this.login = new Login(campus, database, sessions);
    }

    /** Starts it on a free port. */
    static Application start(Campus campus, String database) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Application application = new Application(campus, database, http);
        http.createContext("/", application::list);
        http.createContext(Login.PATH, application.login::handle);
        http.setExecutor(application.threads);
        http.start();
        return application;
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void list(HttpExchange exchange) throws IOException {
        String sql = LISTS.get(exchange.getRequestURI().getPath());
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (sql == null) {
            answer(exchange, 404, "{}");
        } else if (query.contains(PERSONAL) && !Login.isKnown(exchange, sessions)) {
            answer(exchange, 401, "{}");
        } else {
            try {
                answer(exchange, 200, read(sql));
            } catch (SQLException e) {
                answer(exchange, 500, "{}");
            }
        }
    }

    private String read(String sql) throws SQLException {
        try (Connection session = campus.connect(database);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(json_agg(row_to_json(listed)), '[]') FROM (" + sql + " LIMIT 20) AS listed")) {
            row.next();
            return row.getString(1);
        }
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
