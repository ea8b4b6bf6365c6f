package dev.belay.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection, kept alive where the server keeps it, that sends whatever it is given. */
final class RawClient implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 5_000;
    private static final int PIECE = 65_536;

    private final String host;
    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    RawClient(String host, int port) {
        this.host = host;
        this.port = port;
    }

    RawAnswer send(RawRequest request) {
        boolean fresh = socket == null;
        RawAnswer answer = tried(request);
        // The server may close an idle connection at any time; then a new one decides.
        return answer.status() == 0 && !fresh ? tried(request) : answer;
    }

    private RawAnswer tried(RawRequest request) {
        try {
            Socket to = socket == null ? connect() : socket;
            IOException unsent = write(to, request.bytes(host + ":" + port));
            RawAnswer answer = read(request.method().equals("HEAD"));
            if (unsent != null || request.broken() || !isReusable(request, answer)) {
                close();
            }
            return answer;
        } catch (SocketTimeoutException e) {
            close();
            return RawAnswer.none("no answer within " + DEADLINE_MILLIS + " ms");
        } catch (IOException e) {
            close();
            return RawAnswer.none("closed without an answer: " + e.getMessage());
        }
    }

    private static boolean isReusable(RawRequest request, RawAnswer answer) {
        return !answer.header("connection").equalsIgnoreCase("close")
                && !answer.mediaType().equals("text/event-stream")
                && !request.says("Content-Length")
                && !request.says("Connection")
                && !request.says("Upgrade");
    }

    private Socket connect() throws IOException {
        Socket opened = new Socket();
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(DEADLINE_MILLIS);
        opened.connect(new InetSocketAddress(host, port), DEADLINE_MILLIS);
        socket = opened;
        in = new BufferedInputStream(opened.getInputStream());
        return opened;
    }

    /** What kept it from being sent, for a server may answer before it has heard all. */
    private @Nullable IOException write(Socket to, byte[] bytes) throws IOException {
        OutputStream out = to.getOutputStream();
        try {
            for (int from = 0; from < bytes.length && to.getInputStream().available() == 0; from += PIECE) {
                out.write(bytes, from, Math.min(PIECE, bytes.length - from));
            }
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private RawAnswer read(boolean head) throws IOException {
        String line = line();
        while (line.startsWith("HTTP/1.1 1")) {
            headers();
            line = line();
        }
        if (!line.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            return RawAnswer.none("answered with no status line: " + line);
        }
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, List<String>> headers = headers();
        RawAnswer answer = new RawAnswer(status, headers, new byte[0], "");
        boolean stream = answer.mediaType().equals("text/event-stream");
        return head || stream || status == 304 || status == 204
                ? answer
                : new RawAnswer(status, headers, body(answer), "");
    }

    private byte[] body(RawAnswer answer) throws IOException {
        if (answer.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int length = Integer.parseInt(line(), 16);
            while (length > 0) {
                body.writeBytes(exactly(length));
                line();
                length = Integer.parseInt(line(), 16);
            }
            headers();
            return body.toByteArray();
        }
        if (answer.headers().containsKey("content-length")) {
            return exactly(Integer.parseInt(answer.header("content-length")));
        }
        // Without a length a body ends with the connection; a refusal that has no type either has none, and Vert.x says
        // of some that it closes the connection after them, which it does not.
        boolean ends = answer.status() < 400 || !answer.mediaType().isEmpty();
        return ends ? stream().readAllBytes() : new byte[0];
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = stream().readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("in the midst of a body");
        }
        return bytes;
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = stream().read(); next != '\n'; next = stream().read()) {
            if (next < 0) {
                throw new EOFException("end of the connection");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private InputStream stream() throws IOException {
        if (in == null) {
            throw new IOException("not connected");
        }
        return in;
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // it is of no more use either way
        }
        socket = null;
        in = null;
    }
}
