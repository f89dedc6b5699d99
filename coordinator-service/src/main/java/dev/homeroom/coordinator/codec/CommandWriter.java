package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Terms;
import dev.homeroom.coordinator.store.v1.StoredAcquire;
import dev.homeroom.coordinator.store.v1.StoredAcquireAll;
import dev.homeroom.coordinator.store.v1.StoredCaller;
import dev.homeroom.coordinator.store.v1.StoredCancelWait;
import dev.homeroom.coordinator.store.v1.StoredClaimTasks;
import dev.homeroom.coordinator.store.v1.StoredCommand;
import dev.homeroom.coordinator.store.v1.StoredExpire;
import dev.homeroom.coordinator.store.v1.StoredForceRelease;
import dev.homeroom.coordinator.store.v1.StoredGetResource;
import dev.homeroom.coordinator.store.v1.StoredHeartbeat;
import dev.homeroom.coordinator.store.v1.StoredListGrants;
import dev.homeroom.coordinator.store.v1.StoredListSessions;
import dev.homeroom.coordinator.store.v1.StoredOnce;
import dev.homeroom.coordinator.store.v1.StoredReadBacklog;
import dev.homeroom.coordinator.store.v1.StoredRegister;
import dev.homeroom.coordinator.store.v1.StoredRelease;
import dev.homeroom.coordinator.store.v1.StoredReleaseSession;
import dev.homeroom.coordinator.store.v1.StoredReleaseTasks;
import dev.homeroom.coordinator.store.v1.StoredRenew;
import dev.homeroom.coordinator.store.v1.StoredRenewTasks;
import dev.homeroom.coordinator.store.v1.StoredSetLimit;
import dev.homeroom.coordinator.store.v1.StoredTaskHold;
import java.util.List;

/** Commands as they are stored. */
final class CommandWriter {
    private CommandWriter() {}

    static StoredCommand stored(Command command) {
        StoredCommand.Builder stored = StoredCommand.newBuilder();
        switch (command) {
            case Command.OfSession own -> ofSession(stored, own);
            case Command.Register register -> stored.setRegister(register(register));
            case Command.ReleaseSession release ->
                stored.setReleaseSession(StoredReleaseSession.newBuilder()
                        .setSession(release.session())
                        .setIncarnation(release.incarnation()));
            case Command.Heartbeat heartbeat -> stored.setHeartbeat(heartbeat(heartbeat));
            case Command.RenewTasks renew ->
                stored.setRenewTasks(StoredRenewTasks.newBuilder()
                        .addAllHolds(holds(renew.holds()))
                        .setTtl(renew.ttlMillis()));
            case Command.ReleaseTasks release ->
                stored.setReleaseTasks(StoredReleaseTasks.newBuilder().addAllHolds(holds(release.holds())));
            case Command.SetLimit set ->
                stored.setSetLimit(StoredSetLimit.newBuilder().setKey(set.key()).setPermits(set.permits()));
            case Command.RaiseTokenFloor raise -> stored.setRaiseTokenFloor(raise.floor());
            case Command.Expire expire ->
                stored.setExpire(
                        StoredExpire.newBuilder().setTerm(expire.term()).setMax(expire.max()));
            case Command.CommitCursor commit -> stored.setCommitCursor(Parts.stored(commit.cursor()));
            case Command.NewEpoch renewed -> stored.setNewEpoch(renewed.epoch());
            case Command.Configure configure -> stored.setConfigure(Parts.stored(configure.settings()));
            case Command.Once once ->
                stored.setOnce(
                        StoredOnce.newBuilder().setRequestId(once.requestId()).setCommand(stored(once.command())));
            case Command.CancelWait cancel ->
                stored.setCancelWait(StoredCancelWait.newBuilder()
                        .setSession(cancel.session())
                        .setIncarnation(cancel.incarnation())
                        .setTicket(cancel.ticket())
                        .setAttachment(cancel.attachment()));
            case Command.ForceRelease force ->
                stored.setForceRelease(StoredForceRelease.newBuilder()
                        .setKind(Constants.stored(force.kind()))
                        .setName(force.name())
                        .setToken(force.token())
                        .setBy(force.by())
                        .setWhy(force.why()));
            case Command.GetSession get -> stored.setGetSession(get.id());
            case Command.ListSessions list -> stored.setListSessions(sessions(list));
            case Command.GetResource get ->
                stored.setGetResource(StoredGetResource.newBuilder()
                        .setKind(Constants.stored(get.kind()))
                        .setName(get.name()));
            case Command.ListGrants list -> stored.setListGrants(grants(list));
            case Command.ReadBacklog read ->
                stored.setReadBacklog(StoredReadBacklog.newBuilder()
                        .setAfter(Parts.stored(read.after()))
                        .setLimit(read.limit()));
            case Command.AssignTask assign -> stored.setAssignTask(Choices.stored(assign));
            case Command.FindSessions find -> stored.setFindSessions(Choices.stored(find));
            case Command.GetLimit get -> stored.setGetLimit(get.key());
            case Command.ListLimits list -> stored.setListLimits(Budgets.stored(list));
            case Command.SetRate set -> stored.setSetRate(Budgets.stored(set));
            case Command.PutAffinity put -> stored.setPutAffinity(Affinities.stored(put.affinity()));
            case Command.DeleteAffinity delete -> stored.setDeleteAffinity(delete.id());
            case Command.GetAffinity get -> stored.setGetAffinity(get.id());
            case Command.ListAffinities list -> stored.setListAffinities(Affinities.stored(list));
            case Command.OpenAffinities open -> stored.setOpenAffinities(Affinities.stored(open));
            case Command.ReadAudit read -> stored.setReadAudit(Trail.stored(read));
            case Command.Maintain maintain -> stored.setMaintain(maintain.max());
        }
        return stored.build();
    }

    private static void ofSession(StoredCommand.Builder stored, Command.OfSession own) {
        StoredCaller caller = StoredCaller.newBuilder()
                .setSession(own.session())
                .setIncarnation(own.incarnation())
                .setSeq(own.request().seq())
                .setUnanswered(own.request().unanswered())
                .build();
        switch (own) {
            case Command.Acquire acquire -> stored.setAcquire(acquire(caller, acquire));
            case Command.AcquireAll acquire ->
                stored.setAcquireAll(StoredAcquireAll.newBuilder()
                        .setCaller(caller)
                        .addAllResources(acquire.resources().stream()
                                .map(WaitRows::stored)
                                .toList())
                        .setHolder(acquire.holder())
                        .setTtl(acquire.ttlMillis())
                        .setTerms(Parts.stored(acquire.terms())));
            case Command.Renew renew ->
                stored.setRenew(StoredRenew.newBuilder()
                        .setCaller(caller)
                        .setKind(Constants.stored(renew.kind()))
                        .setName(renew.name())
                        .setToken(renew.token())
                        .setTtl(renew.ttlMillis()));
            case Command.Release release ->
                stored.setRelease(StoredRelease.newBuilder()
                        .setCaller(caller)
                        .setKind(Constants.stored(release.kind()))
                        .setName(release.name())
                        .setToken(release.token()));
            case Command.ClaimTasks claim ->
                stored.setClaimTasks(StoredClaimTasks.newBuilder()
                        .setCaller(caller)
                        .setCount(claim.count())
                        .setTtl(claim.ttlMillis())
                        .addAllCandidates(
                                claim.candidates().stream().map(Choices::stored).toList()));
            case Command.Consume consume ->
                stored.setConsume(Budgets.draw(consume.key(), consume.amount()).setCaller(caller));
            case Command.Refund refund ->
                stored.setRefund(Budgets.draw(refund.key(), refund.amount()).setCaller(caller));
        }
    }

    private static StoredAcquire acquire(StoredCaller caller, Command.Acquire acquire) {
        StoredAcquire.Builder stored = StoredAcquire.newBuilder()
                .setCaller(caller)
                .setKind(Constants.stored(acquire.kind()))
                .setName(acquire.name())
                .setHolder(acquire.holder())
                .setTtl(acquire.ttlMillis());
        if (!acquire.terms().equals(Terms.FAIL_FAST)) {
            stored.setTerms(Parts.stored(acquire.terms()));
        }
        return stored.build();
    }

    private static StoredRegister register(Command.Register register) {
        return StoredRegister.newBuilder()
                .setId(register.id())
                .setInstance(register.instance())
                .setProfile(Parts.stored(register.profile()))
                .setLease(register.leaseMillis())
                .setHeartbeat(register.heartbeatMillis())
                .build();
    }

    private static StoredHeartbeat heartbeat(Command.Heartbeat heartbeat) {
        return StoredHeartbeat.newBuilder()
                .setSession(heartbeat.session())
                .setIncarnation(heartbeat.incarnation())
                .setUnanswered(heartbeat.unanswered())
                .setActivityAge(heartbeat.activityAgeMillis())
                .addAllSeen(heartbeat.seen())
                .addAllUsage(Standing.figures(heartbeat.usage()))
                .build();
    }

    private static List<StoredTaskHold> holds(List<Command.TaskHold> holds) {
        return holds.stream()
                .map(hold -> StoredTaskHold.newBuilder()
                        .setTask(hold.task())
                        .setSession(hold.session())
                        .setToken(hold.token())
                        .setOutcome(Constants.stored(hold.outcome()))
                        .build())
                .toList();
    }

    private static StoredListSessions sessions(Command.ListSessions list) {
        return StoredListSessions.newBuilder()
                .setStatus(Constants.stored(list.status()))
                .setAfter(list.after())
                .setLimit(list.limit())
                .build();
    }

    private static StoredListGrants grants(Command.ListGrants list) {
        return StoredListGrants.newBuilder()
                .setKind(Constants.storedOrAll(list.kind()))
                .setPrefix(list.prefix())
                .setAfter(list.after())
                .setLimit(list.limit())
                .setOlderThan(list.olderThanMillis())
                .build();
    }
}
