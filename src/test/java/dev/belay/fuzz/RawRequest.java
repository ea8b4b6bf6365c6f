package dev.belay.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as it goes over the wire.
 *
 * @param target the path and query, as they are sent
 * @param headers those besides Host and the framing, each as one line
 * @param chunked whether the body is sent in chunks instead of after a Content-Length
 * @param broken whether it is no HTTP at all, so that the server need not even answer
 */
@SuppressWarnings("ArrayRecordComponent")
record RawRequest(
        String method, String target, List<String> headers, byte[] body, boolean chunked, boolean broken, Who who) {

    private static final int CHUNK = 60_000;
    private static final int SHOWN = 4_000;

    RawRequest {
        headers = List.copyOf(headers);
    }

    boolean hasBody() {
        return body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** Whether a header of that name is there. */
    boolean says(String name) {
        return headers.stream().anyMatch(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
    }

    byte[] bytes(String host) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (!says("Host")) {
            head.append("Host: ").append(host).append("\r\n");
        }
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (hasBody() && !says("Content-Length")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (chunked) {
            for (int from = 0; from < body.length; from += CHUNK) {
                int length = Math.min(CHUNK, body.length - from);
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(body, from, length);
                out.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        } else {
            out.write(body, 0, body.length);
        }
        return out.toByteArray();
    }

    /** A line for bash that sends the same; what is very long is cut. */
    String curl(String host) {
        StringBuilder line = new StringBuilder();
        if (hasBody()) {
            line.append("printf ").append(quoted(body)).append(" | ");
        }
        line.append("curl -i --path-as-is -X ").append(quoted(method));
        List<String> all = new ArrayList<>(headers);
        if (chunked) {
            all.add("Transfer-Encoding: chunked");
        }
        if (!says("Content-Type")) {
            all.add("Content-Type:");
        }
        all.forEach(header -> line.append(" -H ").append(quoted(header)));
        if (hasBody()) {
            line.append(" --data-binary @-");
        }
        return line.append(' ').append(quoted("http://" + host + target)).toString();
    }

    private static String quoted(String text) {
        return "$" + quoted(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String quoted(byte[] bytes) {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < Math.min(bytes.length, SHOWN); i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean plain = c >= ' ' && c <= '~' && c != '\'' && c != '\\' && c != '%';
            text.append(plain ? String.valueOf(c) : c == '%' ? "\\x25" : String.format("\\x%02x", (int) c));
        }
        return text.append(bytes.length > SHOWN ? "'…" + bytes.length + " bytes in all" : "'")
                .toString();
    }
}
