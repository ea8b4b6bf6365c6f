package dev.belay.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the service and its server, and cuts every connection once one of them has carried a lot of data. */
final class CutProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile boolean wasCut;

    CutProxy(int target) {
        this.target = target;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next connection that gets so many bytes from the server takes all others down with it. */
    void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    boolean wasCut() {
        return wasCut;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                run(() -> pump(client, server, false));
                run(() -> pump(server, client, true));
            } catch (IOException e) {
                cutAll();
            }
        }
    }

    private void pump(Socket from, Socket to, boolean counted) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            long carried = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                carried += n;
                if (counted && carried > cutAfter) {
                    cutAfter = Long.MAX_VALUE;
                    wasCut = true;
                    cutAll();
                    return;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One of the two ends is gone, which the other then sees.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void cutAll() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
    }
}
