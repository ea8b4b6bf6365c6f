package dev.belay.limit;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A connection on which anything can be sent, in any pace. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient() {
        try {
            socket = new Socket(URI.create(RestAssured.baseURI).getHost(), RestAssured.port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a GET without a body. */
    static RawClient get(String path, String... headers) {
        return new RawClient()
                .send("GET " + path + " HTTP/1.1\r\nHost: x\r\n"
                        + String.join(
                                "",
                                java.util.stream.Stream.of(headers)
                                        .map(header -> header + "\r\n")
                                        .toList())
                        + "\r\n");
    }

    /** Begins a POST whose body is yet to come. */
    static RawClient post(String path, String length) {
        List<String> head =
                List.of("POST " + path + " HTTP/1.1", "Host: x", "Content-Type: application/json", length, "", "");
        return new RawClient().send(String.join("\r\n", head));
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a text in single bytes with pauses, until the other side has had enough; how long it had patience. */
    Duration trickle(String text, Duration pause) throws InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < text.length() && !isAnswered(); i++) {
            try {
                send(text.substring(i, i + 1));
            } catch (UncheckedIOException e) {
                break;
            }
            Thread.sleep(pause.toMillis());
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Whether something has come that was not read yet. */
    boolean isAnswered() {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** All that is answered until the connection is closed, or a time has gone. */
    String read(Duration patience) {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[8192];
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                socket.setSoTimeout((int) Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    return answer + "[closed]";
                }
                answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
            return answer.toString();
        } catch (SocketTimeoutException e) {
            return answer.toString();
        } catch (SocketException e) {
            return answer + "[closed]";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status of the answer that comes within a time; 0 when none does. */
    int status(Duration patience) {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            byte[] line = socket.getInputStream().readNBytes(12);
            return line.length < 12 ? 0 : Integer.parseInt(new String(line, 9, 3, StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
