package dev.belay.fuzz;

import dev.belay.salvage.Dice;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests over several connections at once and has the answers judged. What the n-th is depends on the seed alone. */
record Barrage(long seed, List<Operation> operations, Requests requests, Judge judge, int port) {

    private static final int CONNECTIONS = 8;
    private static final int TOLD = 30;
    private static final String HOST = "127.0.0.1";

    /** How many of the jobs of a kind that were taken by mistake run to their end; the others are cancelled at once. */
    private static final int RUN = 2;

    /**
     * What came of it.
     *
     * @param answers by operation, how often each status came
     */
    record Result(List<String> failures, SortedMap<String, SortedMap<Integer, Integer>> answers, double seconds) {

        Map<String, Integer> counts() {
            Map<String, Integer> counts = new TreeMap<>();
            answers.forEach((operation, statuses) -> counts.put(
                    operation,
                    statuses.values().stream().mapToInt(count -> count).sum()));
            return counts;
        }

        Map<Integer, Integer> statuses() {
            Map<Integer, Integer> all = new TreeMap<>();
            answers.values()
                    .forEach(statuses -> statuses.forEach((status, count) -> all.merge(status, count, Integer::sum)));
            return all;
        }

        String table() {
            StringBuilder table = new StringBuilder();
            answers.forEach((operation, statuses) -> table.append(String.format("%n%-45s %s", operation, statuses)));
            return table + String.format("%nall %s in %.1f s; 0 is a connection that was closed", statuses(), seconds);
        }
    }

    Result fire(int count) throws Exception {
        long start = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        Map<String, Map<Integer, Integer>> answers = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS);
        List<String> failures = new ArrayList<>();
        try {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(workers.submit(() -> work(next, count, answers, running)));
            }
            for (Future<List<String>> one : all) {
                failures.addAll(one.get());
            }
        } finally {
            workers.shutdownNow();
        }
        SortedMap<String, SortedMap<Integer, Integer>> sorted = new TreeMap<>();
        answers.forEach((operation, statuses) -> sorted.put(operation, new TreeMap<>(statuses)));
        return new Result(failures, sorted, (System.nanoTime() - start) / 1e9);
    }

    private List<String> work(
            AtomicInteger next,
            int count,
            Map<String, Map<Integer, Integer>> answers,
            Map<String, AtomicInteger> running) {
        List<String> failures = new ArrayList<>();
        try (RawClient client = new RawClient(HOST, port)) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                Operation operation = operations.get(i % operations.size());
                RawRequest request = requests.make(operation, new Dice(seed * 1_000_003 + i));
                RawAnswer answer = client.send(request);
                answers.computeIfAbsent(operation.name(), name -> new ConcurrentHashMap<>())
                        .merge(answer.status(), 1, Integer::sum);
                List<String> faults = judge.faults(request, answer);
                if (!faults.isEmpty() && failures.size() < TOLD) {
                    failures.add(told(i, smaller(request, faults), faults, answer));
                }
                if (answer.status() == 202 && !request.target().contains("/cancel")) {
                    cancel(client, answer, running.computeIfAbsent(operation.name(), name -> new AtomicInteger()));
                }
            }
        }
        return failures;
    }

    private String told(int number, RawRequest request, List<String> faults, RawAnswer answer) {
        return "request " + number + " as " + request.who() + ": " + faults + "\n  " + request.curl(HOST + ":" + port)
                + "\n  " + answer + "\n";
    }

    /** The request without all that it does not need to bring about the same. */
    private RawRequest smaller(RawRequest request, List<String> faults) {
        RawRequest smallest = request;
        for (int i = smallest.headers().size() - 1; i >= 0; i--) {
            List<String> fewer = new ArrayList<>(smallest.headers());
            fewer.remove(i);
            smallest = ifAlike(with(smallest, smallest.target(), fewer, smallest.body()), smallest, faults);
        }
        smallest = ifAlike(
                with(smallest, smallest.target().replaceFirst("\\?.*", ""), smallest.headers(), smallest.body()),
                smallest,
                faults);
        return ifAlike(with(smallest, smallest.target(), smallest.headers(), new byte[0]), smallest, faults);
    }

    private static RawRequest with(RawRequest request, String target, List<String> headers, byte[] body) {
        return new RawRequest(
                request.method(),
                target,
                headers,
                body,
                request.chunked() && body.length > 0,
                request.broken(),
                request.who());
    }

    private RawRequest ifAlike(RawRequest smaller, RawRequest request, List<String> faults) {
        try (RawClient client = new RawClient(HOST, port)) {
            return judge.faults(smaller, client.send(smaller)).equals(faults) ? smaller : request;
        }
    }

    /** Of the first ones the end is seen, for what is hostile may be so for a job alone. */
    private void cancel(RawClient client, RawAnswer taken, AtomicInteger before) {
        String location = taken.header("location");
        if (location.isEmpty() || before.getAndIncrement() < RUN) {
            return;
        }
        String admin = "Authorization: Bearer " + requests.tokens().get(Who.ADMIN);
        client.send(new RawRequest(
                "POST",
                URI.create(location).getRawPath() + "/cancel",
                List.of(admin),
                new byte[0],
                false,
                false,
                Who.ADMIN));
    }
}
