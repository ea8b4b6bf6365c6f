package dev.belay.fuzz;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.belay.salvage.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes requests of operations: each is a good one with a few things wrong, so that some go deep before they are refused.
 *
 * @param ids of things that are there, by the first segment of their path
 * @param tokens by whose they are
 */
record Requests(Map<String, List<String>> ids, Map<Who, String> tokens) {

    private static final List<String> METHODS = List.of(
            "HEAD", "OPTIONS", "PATCH", "TRACE", "PUT", "DELETE", "GET", "POST", "FOO", "get", "PROPFIND", "CONNECT");

    /** None that holds an answer for long. */
    private static final List<String> WAITS =
            List.of("0s", "0", "1s", "-1s", "1e9s", "9999999s", "25m", "x", "", "1s1s", "٣s", "0x1", "%31s");

    private static final List<String> LIMITS =
            List.of("0", "1", "200", "201", "-1", "999999999999", "1.0", "1e1", "%2b1", "٣", "NaN", "", "0x1");

    /** Of the headers with which a request is no HTTP any more. */
    private static final List<String> BROKEN = List.of(
            "Content-Length: -1",
            "Content-Length: 1, 2",
            "Content-Length: 99999999999999999999",
            "Content-Length: x",
            "Transfer-Encoding: x",
            "Bad Header: x",
            ": x",
            "NoColon",
            "Nul: \u0000",
            "X: " + "x".repeat(30_000));

    RawRequest make(Operation operation, Dice dice) {
        int wrong = dice.between(1, 3);
        List<String> parts =
                dice.some(List.of("path", "query", "header", "accept", "body", "method", "type", "wire"), wrong);
        Who who = who(dice);
        String method = parts.contains("method") && dice.percent(50) ? dice.one(METHODS) : operation.method();
        List<String> headers = new ArrayList<>();
        boolean broken = parts.contains("wire") && odd(headers, dice);
        headers.addAll(authorization(who, dice));
        String type = parts.contains("type") ? HostileHeaders.contentType(dice) : "Content-Type: application/json";
        byte[] body = new byte[0];
        ObjectNode good = operation.body();
        if (good != null || dice.percent(5)) {
            String text = good == null ? "{}" : Bodies.good(operation, good);
            body = new Bodies(dice).bytes(text, parts.contains("body"));
            if (!parts.contains("type") || dice.percent(80)) {
                headers.add(type);
            }
        }
        if (parts.contains("accept")) {
            headers.add(HostileHeaders.accept(dice));
        }
        addHeaders(operation, parts.contains("header"), headers, dice);
        boolean chunked = dice.percent(8) && headers.stream().noneMatch(line -> line.startsWith("Content-Length"));
        String target = target(operation, parts, dice);
        return new RawRequest(method, target, headers, body, chunked && body.length > 0, broken, who);
    }

    private static Who who(Dice dice) {
        return dice.percent(75)
                ? Who.ADMIN
                : dice.one(Who.NOBODY, Who.NOBODY, Who.GATE_ELSEWHERE, Who.VIEWER_ELSEWHERE);
    }

    private List<String> authorization(Who who, Dice dice) {
        if (who != Who.NOBODY) {
            return List.of("Authorization: Bearer " + tokens.get(who));
        }
        return dice.percent(40) ? List.of() : List.of(HostileHeaders.authorization(dice));
    }

    /** Whether it is no HTTP any more. */
    private static boolean odd(List<String> headers, Dice dice) {
        switch (dice.between(1, 6)) {
            case 1 -> headers.add("Expect: 100-continue");
            case 2 -> headers.add("Expect: nothing");
            case 3 -> headers.add("Connection: " + dice.one("close", "keep-alive", "upgrade", "x, close", "TE"));
            case 4 -> {
                for (int i = 0; i < dice.one(90, 300, 900); i++) {
                    headers.add("X-" + i + ": " + i);
                }
            }
            case 5 ->
                headers.add(
                        "Host: " + dice.one("x y", "", "[::", "a:99999999", "localhost:0", "e\u00e9", "../", "a/b"));
            default -> {
                headers.add(dice.one(BROKEN));
                return true;
            }
        }
        return false;
    }

    private static void addHeaders(Operation operation, boolean hostile, List<String> headers, Dice dice) {
        if (hostile) {
            for (int i = 0; i < dice.between(1, 3); i++) {
                headers.add(HostileHeaders.any(dice));
            }
        }
        for (String name : operation.headers()) {
            if (dice.percent(hostile ? 60 : 10)) {
                String value = dice.percent(50) ? "\"" + dice.uuid() + "\"" : HostileHeaders.value(dice);
                headers.add(name + ": " + value);
                if (dice.percent(10)) {
                    headers.add(name + ": " + value);
                }
            }
        }
    }

    private String target(Operation operation, List<String> parts, Dice dice) {
        List<String> segments = new ArrayList<>();
        String[] names = operation.path().substring(1).split("/", -1);
        int wrong = parts.contains("path") ? dice.between(0, names.length - 1) : -1;
        for (int i = 0; i < names.length; i++) {
            segments.add(i == wrong ? Hostile.segment(dice) : filled(names[i], operation, dice));
            if (i == wrong && dice.percent(20)) {
                segments.add(i, dice.one("", ".", "..", "%2e%2e", ";x=y"));
            }
        }
        String path = "/" + String.join("/", segments) + (wrong >= 0 && dice.percent(5) ? "/" : "");
        String query =
                parts.contains("query") || dice.percent(10) ? query(operation, parts.contains("query"), dice) : "";
        return path + query;
    }

    private String filled(String name, Operation operation, Dice dice) {
        return switch (name) {
            case "{id}" -> {
                List<String> known = ids.getOrDefault(operation.kind(), List.of());
                yield known.isEmpty() || dice.percent(15) ? dice.uuid() : dice.one(known);
            }
            case "{name}" ->
                operation.kind().equals("projects")
                        ? dice.one("playground", "victim")
                        : dice.one(HostileSurroundings.PLAYGROUND, HostileSurroundings.VICTIM, "waiting");
            case "{module}" -> "app";
            case "{path}" -> dice.one("app/V2__add_things.sql", "review.md", "V1__first.sql");
            case "{file}" -> dice.one("U1__first.sql", "U2__second.sql");
            default -> name;
        };
    }

    private static String query(Operation operation, boolean hostile, Dice dice) {
        if (hostile && dice.percent(10)) {
            return dice.one(
                    "?", "?&&&", "?=", "?%", "?%zz=1", "?a=%ff", "?" + "a=b&".repeat(500), "?[]=1", "?wait", "??");
        }
        List<String> pairs = new ArrayList<>();
        for (String name : operation.query()) {
            if (dice.percent(hostile ? 50 : 20)) {
                pairs.add(name + "=" + value(name, hostile, dice));
                if (hostile && dice.percent(15)) {
                    pairs.add(name + "=" + value(name, true, dice));
                }
            }
        }
        if (hostile && dice.percent(20)) {
            pairs.add(Hostile.encoded(Hostile.text(dice)).replaceAll("(?s)^(.{0,500}).*", "$1") + "=1");
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String value(String name, boolean hostile, Dice dice) {
        if (name.equals("wait")) {
            return dice.one(WAITS);
        }
        if (hostile) {
            return name.equals("limit") && dice.percent(60) ? dice.one(LIMITS) : argument(dice);
        }
        return switch (name) {
            case "limit" -> "20";
            case "database" -> HostileSurroundings.PLAYGROUND;
            case "state" -> "SUCCEEDED";
            case "createdAfter", "since" -> "2026-01-31T12:00:00Z";
            case "table" -> "canary";
            default -> "1";
        };
    }

    private static String argument(Dice dice) {
        String text = dice.percent(70) ? Hostile.encoded(Hostile.text(dice)) : Hostile.segment(dice);
        return text.length() > 3_000 ? text.substring(0, 2_997) : text;
    }
}
