package dev.homeroom.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortCheckTest {
    @Test
    void namesTheBusyPortAndItsUse() throws Exception {
        StackPorts ports = StackPorts.free();
        assertThatCode(() -> PortCheck.require(ports)).doesNotThrowAnyException();
        try (ServerSocket busy = new ServerSocket(ports.kafka(), 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StackException.class)
                    .isThrownBy(() -> PortCheck.require(ports))
                    .withMessageContaining(busy.getLocalPort() + " (Kafka)")
                    .withMessageContaining("--port-base");
        }
    }

    @Test
    void theBaseGivesNineConsecutivePorts() {
        assertThat(StackPorts.from(9000).byUse().values())
                .containsExactly(9000, 9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> StackPorts.from(65_530));
    }
}
