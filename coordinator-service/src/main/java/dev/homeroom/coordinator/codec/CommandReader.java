package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Request;
import dev.homeroom.coordinator.core.Terms;
import dev.homeroom.coordinator.store.v1.StoredAcquire;
import dev.homeroom.coordinator.store.v1.StoredAcquireAll;
import dev.homeroom.coordinator.store.v1.StoredCaller;
import dev.homeroom.coordinator.store.v1.StoredCancelWait;
import dev.homeroom.coordinator.store.v1.StoredClaimTasks;
import dev.homeroom.coordinator.store.v1.StoredCommand;
import dev.homeroom.coordinator.store.v1.StoredDraw;
import dev.homeroom.coordinator.store.v1.StoredForceRelease;
import dev.homeroom.coordinator.store.v1.StoredHeartbeat;
import dev.homeroom.coordinator.store.v1.StoredListGrants;
import dev.homeroom.coordinator.store.v1.StoredListSessions;
import dev.homeroom.coordinator.store.v1.StoredOnce;
import dev.homeroom.coordinator.store.v1.StoredReadBacklog;
import dev.homeroom.coordinator.store.v1.StoredRegister;
import dev.homeroom.coordinator.store.v1.StoredRelease;
import dev.homeroom.coordinator.store.v1.StoredRenew;
import dev.homeroom.coordinator.store.v1.StoredTaskHold;
import java.util.List;

/** Commands from what is stored; an unknown one is {@link UnreadableException}. */
final class CommandReader {
    private CommandReader() {}

    static Command core(StoredCommand stored) {
        return switch (stored.getCommandCase()) {
            case REGISTER -> register(stored.getRegister());
            case RELEASE_SESSION ->
                new Command.ReleaseSession(
                        stored.getReleaseSession().getSession(),
                        stored.getReleaseSession().getIncarnation());
            case HEARTBEAT -> heartbeat(stored.getHeartbeat());
            case ACQUIRE -> acquire(stored.getAcquire());
            case RENEW -> renew(stored.getRenew());
            case RELEASE -> release(stored.getRelease());
            case CLAIM_TASKS -> claim(stored.getClaimTasks());
            case RENEW_TASKS ->
                new Command.RenewTasks(
                        holds(stored.getRenewTasks().getHoldsList()),
                        stored.getRenewTasks().getTtl());
            case RELEASE_TASKS ->
                new Command.ReleaseTasks(holds(stored.getReleaseTasks().getHoldsList()));
            case SET_LIMIT ->
                new Command.SetLimit(
                        stored.getSetLimit().getKey(), stored.getSetLimit().getPermits());
            case RAISE_TOKEN_FLOOR -> new Command.RaiseTokenFloor(stored.getRaiseTokenFloor());
            case GET_SESSION -> new Command.GetSession(stored.getGetSession());
            case LIST_SESSIONS -> sessions(stored.getListSessions());
            case GET_RESOURCE ->
                new Command.GetResource(
                        Constants.core(stored.getGetResource().getKind()),
                        stored.getGetResource().getName());
            case LIST_GRANTS -> grants(stored.getListGrants());
            case NEW_EPOCH -> new Command.NewEpoch(stored.getNewEpoch());
            case EXPIRE ->
                new Command.Expire(
                        stored.getExpire().getTerm(), stored.getExpire().getMax());
            case READ_BACKLOG -> backlog(stored.getReadBacklog());
            case COMMIT_CURSOR -> new Command.CommitCursor(Parts.core(stored.getCommitCursor()));
            case CONFIGURE -> new Command.Configure(Parts.core(stored.getConfigure()));
            case ONCE -> once(stored.getOnce());
            case ACQUIRE_ALL -> acquireAll(stored.getAcquireAll());
            case CANCEL_WAIT -> cancel(stored.getCancelWait());
            case FORCE_RELEASE -> force(stored.getForceRelease());
            case ASSIGN_TASK -> Choices.core(stored.getAssignTask());
            case FIND_SESSIONS -> Choices.core(stored.getFindSessions());
            case GET_LIMIT -> new Command.GetLimit(stored.getGetLimit());
            case LIST_LIMITS -> Budgets.core(stored.getListLimits());
            case SET_RATE -> Budgets.core(stored.getSetRate());
            case CONSUME -> consume(stored.getConsume());
            case REFUND -> refund(stored.getRefund());
            case PUT_AFFINITY -> new Command.PutAffinity(Affinities.core(stored.getPutAffinity()));
            case DELETE_AFFINITY -> new Command.DeleteAffinity(stored.getDeleteAffinity());
            case GET_AFFINITY -> new Command.GetAffinity(stored.getGetAffinity());
            case LIST_AFFINITIES -> Affinities.core(stored.getListAffinities());
            case OPEN_AFFINITIES -> Affinities.core(stored.getOpenAffinities());
            case READ_AUDIT -> Trail.core(stored.getReadAudit());
            case MAINTAIN -> new Command.Maintain(stored.getMaintain());
            case COMMAND_NOT_SET -> throw new UnreadableException("a command of a later version");
        };
    }

    private static Command register(StoredRegister stored) {
        return new Command.Register(
                stored.getId(),
                stored.getInstance(),
                Parts.core(stored.getProfile()),
                stored.getLease(),
                stored.getHeartbeat());
    }

    private static Command heartbeat(StoredHeartbeat stored) {
        return new Command.Heartbeat(
                stored.getSession(),
                stored.getIncarnation(),
                stored.getUnanswered(),
                stored.getActivityAge(),
                List.copyOf(stored.getSeenList()),
                Standing.figures(stored.getUsageList()));
    }

    private static Request request(StoredCaller caller) {
        return caller.getSeq() == 0 && caller.getUnanswered() == 0
                ? Request.NONE
                : new Request(caller.getSeq(), caller.getUnanswered());
    }

    private static Command acquire(StoredAcquire stored) {
        StoredCaller caller = stored.getCaller();
        return new Command.Acquire(
                caller.getSession(),
                caller.getIncarnation(),
                request(caller),
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getHolder(),
                stored.getTtl(),
                stored.hasTerms() ? Parts.core(stored.getTerms()) : Terms.FAIL_FAST);
    }

    private static Command acquireAll(StoredAcquireAll stored) {
        StoredCaller caller = stored.getCaller();
        return new Command.AcquireAll(
                caller.getSession(),
                caller.getIncarnation(),
                request(caller),
                stored.getResourcesList().stream().map(WaitRows::core).toList(),
                stored.getHolder(),
                stored.getTtl(),
                Parts.core(stored.getTerms()));
    }

    private static Command cancel(StoredCancelWait stored) {
        return new Command.CancelWait(
                stored.getSession(), stored.getIncarnation(), stored.getTicket(), stored.getAttachment());
    }

    private static Command force(StoredForceRelease stored) {
        return new Command.ForceRelease(
                Constants.core(stored.getKind()), stored.getName(), stored.getToken(), stored.getBy(), stored.getWhy());
    }

    private static Command renew(StoredRenew stored) {
        StoredCaller caller = stored.getCaller();
        return new Command.Renew(
                caller.getSession(),
                caller.getIncarnation(),
                request(caller),
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getToken(),
                stored.getTtl());
    }

    private static Command release(StoredRelease stored) {
        StoredCaller caller = stored.getCaller();
        return new Command.Release(
                caller.getSession(),
                caller.getIncarnation(),
                request(caller),
                Constants.core(stored.getKind()),
                stored.getName(),
                stored.getToken());
    }

    private static Command consume(StoredDraw stored) {
        StoredCaller caller = stored.getCaller();
        return new Command.Consume(
                caller.getSession(), caller.getIncarnation(), request(caller), stored.getKey(), stored.getAmount());
    }

    private static Command refund(StoredDraw stored) {
        StoredCaller caller = stored.getCaller();
        return new Command.Refund(
                caller.getSession(), caller.getIncarnation(), request(caller), stored.getKey(), stored.getAmount());
    }

    private static Command claim(StoredClaimTasks stored) {
        StoredCaller caller = stored.getCaller();
        List<Command.Candidate> candidates =
                stored.getCandidatesList().stream().map(Choices::core).toList();
        return new Command.ClaimTasks(
                caller.getSession(),
                caller.getIncarnation(),
                request(caller),
                stored.getCount(),
                stored.getTtl(),
                candidates);
    }

    private static List<Command.TaskHold> holds(List<StoredTaskHold> stored) {
        return stored.stream()
                .map(hold -> new Command.TaskHold(
                        hold.getTask(), hold.getSession(), hold.getToken(), Constants.core(hold.getOutcome())))
                .toList();
    }

    private static Command sessions(StoredListSessions stored) {
        return new Command.ListSessions(Constants.core(stored.getStatus()), stored.getAfter(), stored.getLimit());
    }

    private static Command grants(StoredListGrants stored) {
        return new Command.ListGrants(
                Constants.coreOrAll(stored.getKind()),
                stored.getPrefix(),
                stored.getAfter(),
                stored.getLimit(),
                stored.getOlderThan());
    }

    private static Command backlog(StoredReadBacklog stored) {
        return new Command.ReadBacklog(Parts.core(stored.getAfter()), stored.getLimit());
    }

    private static Command once(StoredOnce stored) {
        return new Command.Once(stored.getRequestId(), core(stored.getCommand()));
    }
}
