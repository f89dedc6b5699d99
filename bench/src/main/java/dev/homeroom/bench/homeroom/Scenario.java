package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.HomeroomCluster.Setup;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A figure that is no throughput: it needs a cluster of its own. */
public interface Scenario {
    /** Its name in the figures. */
    String operation();

    /** Runs on a cluster of its own and tells what it saw. */
    void run(Stage stage, Consumer<Row> figures);

    /**
     * What a scenario may use.
     *
     * @param home the checkout with the built coordinator-service
     * @param data for the data of its cluster; deleted afterwards by the caller
     * @param nodes replicas that were asked for
     * @param time how long to look
     */
    record Stage(Path home, Path data, int nodes, Duration time) {
        HomeroomCluster start(String name, Setup setup) {
            return HomeroomCluster.start(home, data.resolve(name), setup);
        }
    }

    /** Connections to one replica, with a token. */
    static Channels connect(HomeroomCluster cluster, int node, int connections) {
        return new Channels(List.of(cluster.httpPort(node)), connections, List.of(bearer(cluster)));
    }

    /** Sends a token of the cluster with every call. */
    static ClientInterceptor bearer(HomeroomCluster cluster) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + cluster.agentToken());
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
