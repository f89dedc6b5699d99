package dev.homeroom.coordinator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.core.WaitEnd;
import dev.homeroom.coordinator.store.v1.StoredBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;

class ReplicatedMachineTest {
    private final List<String> fatal = new ArrayList<>();
    private final ReplicatedMachine machine = new ReplicatedMachine(
            ClientId.randomId(), new Answers(), new Silent(), (reason, cause) -> fatal.add(reason));

    @Test
    void anEntryThatThisVersionDoesNotKnowStopsTheProcess_R_S5() {
        apply(StoredBatch.newBuilder().setFormat(99).build().toByteArray());
        assertThat(fatal).singleElement().asString().contains("7:12").contains("format 99");
    }

    @Test
    void anEntryThatCannotBeReadStopsTheProcess_R_S5() {
        apply(new byte[] {9, 9, 9});
        assertThat(fatal).singleElement().asString().contains("cannot be applied");
    }

    private void apply(byte[] body) {
        TransactionContext transaction = TransactionContext.newBuilder()
                .setStateMachine(machine)
                .setLogEntry(LogEntryProto.newBuilder()
                        .setTerm(7)
                        .setIndex(12)
                        .setStateMachineLogEntry(
                                StateMachineLogEntryProto.newBuilder().setLogData(ByteString.copyFrom(body)))
                        .build())
                .build();
        assertThatThrownBy(() -> machine.applyTransaction(transaction)).isInstanceOf(RuntimeException.class);
    }

    private static final class Silent implements ReplicatedMachine.Events {
        @Override
        public void leading(long term, State state) {}

        @Override
        public void leaderChanged() {}

        @Override
        public void following() {}

        @Override
        public void applied(boolean expiring, List<WaitEnd> waitEnds) {}

        @Override
        public void resynced() {}
    }
}
