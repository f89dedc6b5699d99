package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.Member;
import dev.homeroom.platform.problem.ProblemException;
import jakarta.validation.constraints.NotBlank;

/**
 * A member to be added.
 *
 * @param id its {@code CLUSTER_NODE_ID}
 * @param raftAddress {@code host:port} by which the others reach its Raft port
 * @param serviceAddress {@code host:port} by which they reach its HTTP and gRPC
 */
public record MemberAddJson(
        @NotBlank String id,
        @NotBlank String raftAddress,
        @NotBlank String serviceAddress) {
    Member toMember() {
        try {
            return new Member(id, raftAddress, serviceAddress);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemType.INVALID, "The member is " + e.getMessage() + ".");
        }
    }
}
