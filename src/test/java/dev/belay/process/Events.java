package dev.belay.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a client hears of a job that it follows, until the stream ends or breaks. */
final class Events implements AutoCloseable {

    private final HttpURLConnection connection;
    private final Thread listener;
    private final List<String> heard = new ArrayList<>();
    private int heartbeats;
    private boolean broken;

    private Events(HttpURLConnection connection) {
        this.connection = connection;
        this.listener = new Thread(this::listen, "events");
        listener.setDaemon(true);
        listener.start();
    }

    /** @param after the id of the last event that was heard before */
    static Events follow(Client client, String job, String after) {
        try {
            HttpURLConnection connection = (HttpURLConnection) client.replica()
                    .api()
                    .base()
                    .resolve(job + "/events")
                    .toURL()
                    .openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + client.token());
            connection.setRequestProperty("Last-Event-ID", after);
            return new Events(connection);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            String event = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    beat();
                } else if (line.isEmpty() && !event.isEmpty()) {
                    hear(event.strip());
                    event = "";
                } else if (line.matches("(id|event|data):.*")) {
                    event += line.replaceFirst("^(id|event|data): ?", "") + " ";
                }
            }
        } catch (IOException e) {
            tear();
        }
    }

    private synchronized void hear(String event) {
        heard.add(event);
    }

    private synchronized void beat() {
        heartbeats++;
    }

    private synchronized void tear() {
        broken = true;
    }

    /** Each as its id, its name and its data. */
    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    synchronized int heartbeats() {
        return heartbeats;
    }

    String lastId() {
        List<String> all = heard();
        return all.isEmpty() ? "0" : all.get(all.size() - 1).split(" ", 2)[0].strip();
    }

    /** All there was, once there is no more. */
    List<String> toTheEnd() {
        Soon.until(this::isOver);
        return heard();
    }

    boolean isOver() {
        return !listener.isAlive();
    }

    synchronized boolean isBroken() {
        return broken;
    }

    /** As a client does that goes away. */
    @Override
    public void close() {
        connection.disconnect();
    }
}
