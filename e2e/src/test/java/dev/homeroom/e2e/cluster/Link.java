package dev.homeroom.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy in front of one direction of one link: the connections that one replica opens to another. What it keeps
 * back is not lost but late, as with a network that drops packets for a while. Thread-safe.
 */
public final class Link implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 64;
    private static final int CONNECT_MILLIS = 2_000;

    /** What happens to bytes and connections. */
    public enum Mode {
        /** Everything passes. */
        OPEN,
        /** Nothing passes in either direction; connections stay, and new ones are accepted. */
        SILENT,
        /** Requests arrive, their answers do not. */
        DEAF,
        /** Connections break, and new ones break at once. */
        BROKEN
    }

    private final ServerSocket listener;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.OPEN;
    private boolean closed;

    /** Listens on {@code address} and passes on to {@code target}. */
    public Link(InetSocketAddress address, InetSocketAddress target) {
        this.target = target;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(address, BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
        Thread.ofVirtual().name("link to " + target).start(this::accept);
    }

    /** From now on. Connections that are open stay open, except for {@link Mode#BROKEN}. */
    public void set(Mode next) {
        lock.lock();
        try {
            mode = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next == Mode.BROKEN) {
            breakConnections();
        }
    }

    /** Breaks what is open; what was kept back is lost. */
    public void breakConnections() {
        sockets.forEach(Link::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket caller = listener.accept();
                sockets.add(caller);
                Thread.ofVirtual().start(() -> serve(caller));
            } catch (IOException e) {
                // Closed, or one caller that went away: the next look at the listener tells.
            }
        }
    }

    private void serve(Socket caller) {
        try (caller;
                Socket callee = new Socket()) {
            sockets.add(callee);
            pass(false);
            callee.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getPort()), CONNECT_MILLIS);
            caller.setTcpNoDelay(true);
            callee.setTcpNoDelay(true);
            Thread answers = Thread.ofVirtual().start(() -> pump(callee, caller, true));
            pump(caller, callee, false);
            answers.join();
            sockets.remove(callee);
        } catch (IOException e) {
            // Nobody listens there: the caller sees its connection break.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(caller);
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                pass(answers);
                out.write(buffer, 0, n);
            }
            pass(answers);
        } catch (IOException e) {
            // Either end has closed, or the link is broken.
        } finally {
            close(from);
            close(to);
        }
    }

    /** Waits until bytes of this direction may pass. */
    private void pass(boolean answers) throws IOException {
        lock.lock();
        try {
            while (!closed && (mode == Mode.SILENT || (answers && mode == Mode.DEAF))) {
                changed.awaitUninterruptibly();
            }
            if (closed || mode == Mode.BROKEN) {
                throw new IOException("the link is broken");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breakConnections();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as we are concerned.
        }
    }
}
