package dev.homeroom.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.e2e.cluster.Link.Mode;
import dev.homeroom.local.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One link between a caller and a callee of this JVM. */
class LinkTest {
    private static final int SILENCE_MILLIS = 200;

    private final InetAddress here = InetAddress.getLoopbackAddress();
    private final ServerSocket callee = open();
    private final InetSocketAddress address =
            new InetSocketAddress(here, Ports.free(1).getFirst());
    private final Link link = new Link(address, new InetSocketAddress(here, callee.getLocalPort()));
    private Socket caller = new Socket();
    private Socket called = new Socket();

    @BeforeEach
    void connect() throws IOException {
        caller = new Socket(here, address.getPort());
        called = callee.accept();
    }

    @AfterEach
    void close() throws IOException {
        caller.close();
        called.close();
        callee.close();
        link.close();
    }

    @Test
    void anOpenLinkPassesBothWays() throws IOException {
        send(caller, 1);
        assertThat(called.getInputStream().read()).isEqualTo(1);
        send(called, 2);
        assertThat(caller.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void aSilentLinkKeepsBackWhatArrivesLater() throws IOException {
        link.set(Mode.SILENT);
        send(caller, 1);
        send(called, 2);
        silent(called);
        silent(caller);
        link.set(Mode.OPEN);
        assertThat(called.getInputStream().read()).isEqualTo(1);
        assertThat(caller.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void aDeafLinkKeepsBackAnswersOnly() throws IOException {
        link.set(Mode.DEAF);
        send(caller, 1);
        assertThat(called.getInputStream().read()).isEqualTo(1);
        send(called, 2);
        silent(caller);
        link.set(Mode.OPEN);
        assertThat(caller.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void aBrokenLinkEndsWhatIsOpenAndWhatComes() throws IOException {
        link.set(Mode.BROKEN);
        ends(caller);
        try (Socket late = new Socket(here, address.getPort())) {
            ends(late);
        }
        link.set(Mode.OPEN);
        try (Socket again = new Socket(here, address.getPort());
                Socket answering = callee.accept()) {
            send(again, 3);
            assertThat(answering.getInputStream().read()).isEqualTo(3);
        }
    }

    private static void send(Socket from, int value) throws IOException {
        from.getOutputStream().write(value);
        from.getOutputStream().flush();
    }

    private static void silent(Socket at) throws IOException {
        at.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> at.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        at.setSoTimeout(0);
    }

    private static void ends(Socket at) {
        try {
            assertThat(at.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
        }
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
