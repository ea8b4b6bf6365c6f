package dev.belay.fuzz;

import dev.belay.salvage.Dice;
import java.util.List;

/** Headers that nobody should send, each as one line. */
final class HostileHeaders {

    private static final List<String> NAMES = List.of(
            "Idempotency-Key",
            "If-None-Match",
            "If-Match",
            "If-Modified-Since",
            "Last-Event-ID",
            "Prefer",
            "traceparent",
            "tracestate",
            "X-Forwarded-User",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Prefix",
            "Forwarded",
            "Host",
            "Origin",
            "Referer",
            "Range",
            "Cookie",
            "Accept-Charset",
            "Accept-Encoding",
            "Accept-Language",
            "Content-Encoding",
            "Content-Language",
            "X-HTTP-Method-Override",
            "Upgrade",
            "TE",
            "Max-Forwards",
            "User-Agent",
            "From",
            "DNT");

    private static final List<String> VALUES = List.of(
            "",
            "\"",
            "\"\"",
            "*",
            "W/\"1\"",
            "\"1\",",
            ",,,",
            "W/",
            "wait=1",
            "wait=-1",
            "wait=99999999999",
            "wait=\"1\"",
            "respond-async, wait=1",
            ";;;=",
            "00-00000000000000000000000000000000-0000000000000000-00",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "for=\"[::1]:x\";host=\"",
            "localhost:99999",
            "[",
            "bytes=0-1,5-2",
            "gzip;q=nan",
            "br",
            "deflate, gzip, *;q=0",
            "bytes=-",
            "-1",
            "9223372036854775808",
            "1e9",
            "Thu, 32 Foo 2026 99:99:99 GMT",
            "a=b; a=b; $Version=1",
            "h2c",
            "websocket",
            "DELETE",
            "é\u00ff",
            "%00",
            "' OR 1=1;--",
            "${jndi:ldap://127.0.0.1:1/a}",
            "() { :;}; touch pwned",
            "\t\t",
            "x".repeat(300),
            "k".repeat(8_000));

    private static final List<String> ACCEPTS = List.of(
            "*/*",
            "text/plain",
            "text/html",
            "application/xml",
            "image/png",
            "application/problem+json",
            "application/jsonl",
            "text/event-stream",
            "",
            "x",
            "/",
            "*/json",
            "application/json;q=0",
            "a/b;q=2",
            "application/json;q=x",
            "application/json;;;",
            "text/html;charset=\"",
            ",",
            "application/*+json",
            "application/json;charset=utf-16",
            "a/b," + "c/d,".repeat(900),
            "image/svg+xml",
            "text/vnd.mermaid");

    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "application/json; charset=utf-16",
            "application/json; charset=nope",
            "application/json; charset=",
            "application/json;;",
            "application/problem+json",
            "application/merge-patch+json",
            "application/octet-stream",
            "x",
            "/",
            "",
            "*/*",
            "application/*",
            "APPLICATION/JSON",
            "text/json",
            "application/json, text/plain",
            "application/json; charset=\"",
            "application/vnd.api+json");

    private HostileHeaders() {}

    static String any(Dice dice) {
        return dice.one(NAMES) + ": " + dice.one(VALUES);
    }

    static String value(Dice dice) {
        return dice.one(VALUES);
    }

    static String accept(Dice dice) {
        return "Accept: " + dice.one(ACCEPTS);
    }

    static String contentType(Dice dice) {
        return "Content-Type: " + dice.one(CONTENT_TYPES);
    }

    static String authorization(Dice dice) {
        return "Authorization: "
                + dice.one(
                        "Bearer",
                        "Bearer ",
                        "Bearer belay_",
                        "Bearer belay_" + "0".repeat(49),
                        "Bearer belay_" + "A".repeat(48) + "\u00e9",
                        "bearer  x",
                        "Bearer a.b.c",
                        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
                        "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.AAAA",
                        "Bearer " + "x".repeat(8_000),
                        "Basic",
                        "Basic YWRtaW46YWRtaW4=",
                        "Basic \u00ff\u00ff",
                        "Basic " + "YQ".repeat(2_000),
                        "Digest username=\"admin\"",
                        "Negotiate AAAA",
                        "",
                        ",",
                        "Bearer ' OR 1=1;--");
    }
}
