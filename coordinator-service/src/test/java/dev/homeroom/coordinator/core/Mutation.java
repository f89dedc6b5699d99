package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A way to break the core on purpose. What it does not say stays as it is. */
public enum Mutation {
    /** Breaks nothing: the mutant itself is sound. */
    NONE,

    /** A leader reads what it has applied: it may be an old one that is cut off. */
    READ_PAST_THE_LOG,

    /** The expiry does not look again whether a deadline was moved. */
    DEADLINE_NOT_RECHECKED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            Decision decision = real.apply(command);
            List<Event> events = new ArrayList<>();
            for (Event event : decision.events()) {
                switch (event) {
                    case Event.GrantChecked(Grant grant) -> events.add(new Event.GrantEnded(grant, EndReason.EXPIRED));
                    default -> events.add(event);
                }
            }
            return new Decision(events, decision.answer());
        }
    },

    /** A lease counts from registration, whatever heartbeats say. */
    LEASE_NOT_RECHECKED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            Decision decision = real.apply(command);
            for (Event event : decision.events()) {
                Session session = event instanceof Event.LeaseChecked(String id) ? state.sessions.get(id) : null;
                if (session != null) {
                    return new Decision(Endings.of(state, session, EndReason.SESSION_FAILED), decision.answer());
                }
            }
            return decision;
        }
    },

    /** The last token is given out again once its grant was released. */
    TOKEN_REUSED {
        @Override
        void evolved(State state, Event event) {
            if (event instanceof Event.GrantEnded ended && ended.grant().token() == state.head.token()) {
                state.head = state.head.withToken(ended.grant().token() - 1);
            }
        }
    },

    /** Answers to releases are not recorded. */
    ANSWER_DROPPED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            Decision decision = real.apply(command);
            if (!(decision.answer() instanceof Answer.Released)) {
                return decision;
            }
            return new Decision(
                    decision.events().stream()
                            .filter(event -> !(event instanceof Event.AnswerKept))
                            .toList(),
                    decision.answer());
        }
    },

    /** A recorded answer is not looked for. */
    RETRY_EXECUTED_AGAIN {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            if (command instanceof Command.OfSession own && own.request().seq() > 0) {
                Session session = state.sessions.get(own.session());
                if (session != null
                        && session.live()
                        && session.ledger().find(own.request().seq()) != null) {
                    Ledger ledger = session.ledger();
                    state.sessions.put(session.id(), session.with(new Ledger(ledger.unanswered(), List.of())));
                }
            }
            return real.apply(command);
        }
    },

    /** A task takes no permit of a limit that another task of its session has one of. */
    PERMIT_SHARED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            Decision decision = real.apply(command);
            List<Event> events = new ArrayList<>();
            for (Event event : decision.events()) {
                events.add(
                        event instanceof Event.GrantBegan began
                                ? new Event.GrantBegan(shared(state, began.grant()))
                                : event);
            }
            return new Decision(events, decision.answer());
        }

        private Grant shared(State state, Grant grant) {
            List<String> own = new ArrayList<>(grant.limits());
            for (Grant other : state.grantsOf(grant.key().session())) {
                own.removeAll(other.limits());
            }
            return new Grant(
                    grant.key(),
                    grant.incarnation(),
                    grant.token(),
                    grant.since(),
                    grant.sinceWall(),
                    grant.ttl(),
                    grant.deadline(),
                    grant.checkAt(),
                    List.copyOf(own),
                    grant.extras());
        }
    },

    /** The first batch of a term adds the time since the last batch of the term before. */
    NEW_LEADERS_TIME_ADDED {
        @Override
        void begun(State state, Batch batch, Head before) {
            if (batch.term() > before.term() && before.term() > 0) {
                Head head = state.head;
                long passed = Math.max(0, batch.wallMillis() - before.wall()) * 1_000_000;
                state.head = new Head(
                        head.index(),
                        head.term(),
                        head.nanos() + passed,
                        head.wall(),
                        head.token(),
                        head.incarnation(),
                        head.request(),
                        head.cursor(),
                        head.gap(),
                        head.settings(),
                        head.epoch(),
                        head.ticket());
            }
        }
    },

    /** A tick counts whatever term it is of. */
    TERM_NOT_CHECKED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            return real.apply(
                    command instanceof Command.Expire expire
                            ? new Command.Expire(state.term(), expire.max())
                            : command);
        }
    },

    /** A snapshot has no recorded answers. */
    LEDGER_NOT_IN_SNAPSHOT {
        @Override
        void restored(State state) {
            List<Session> all = new ArrayList<>();
            state.sessions(all::add);
            all.forEach(session -> state.sessions.put(
                    session.id(), session.with(new Ledger(session.ledger().unanswered(), List.of()))));
        }
    },

    /** A grant is given though the lease is over, as long as nobody has ended it. */
    LEASE_OVER_GRANTED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            if (command instanceof Command.Acquire acquire) {
                Session session = state.sessions.get(acquire.session());
                if (session != null && session.live() && session.life().deadline() <= state.now()) {
                    state.sessions.put(session.id(), session.with(living(state, session.life())));
                    Decision decision = real.apply(command);
                    state.sessions.put(session.id(), session);
                    return decision;
                }
            }
            return real.apply(command);
        }
    },

    /** A waiter is given what comes free though the lease of its session is over. */
    LEASE_OVER_SERVED {
        @Override
        List<Event> follow(State state, Supplier<List<Event>> real) {
            List<Session> over = new ArrayList<>();
            state.sessions(session -> {
                if (session.live() && session.life().deadline() <= state.now()) {
                    over.add(session);
                }
            });
            over.forEach(session -> state.sessions.put(session.id(), session.with(living(state, session.life()))));
            List<Event> events = real.get();
            over.forEach(session -> state.sessions.put(session.id(), session));
            return events;
        }
    },

    /** The second of a queue is served before the first. */
    WAITER_OVERTAKEN {
        @Override
        List<Event> follow(State state, Supplier<List<Event>> real) {
            List<QueuePlace> first = new ArrayList<>();
            for (ResourceKey freed : state.agenda.freed) {
                Long ticket = state.queues.ceiling(new QueuePlace(freed.kind(), freed.name(), 0));
                Integer size = state.queueSizes.get(freed);
                if (ticket != null && size != null && size > 1) {
                    first.add(new QueuePlace(freed.kind(), freed.name(), ticket));
                }
            }
            first.forEach(state.queues::remove);
            List<Event> events = real.get();
            first.forEach(place -> state.queues.put(place, place.ticket()));
            return events;
        }
    },

    /** Who asks for what is free gets it, though others wait. */
    QUEUE_PASSED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            ResourceKey resource = command instanceof Command.Acquire acquire
                    ? new ResourceKey(acquire.kind(), acquire.name())
                    : new ResourceKey(Kind.LOCK, "");
            Integer size = state.queueSizes.get(resource);
            if (size == null) {
                return real.apply(command);
            }
            state.queueSizes.remove(resource);
            Decision decision = real.apply(command);
            state.queueSizes.put(resource, size);
            return decision;
        }
    },

    /** A wait goes on when its time is over. */
    WAIT_NOT_ENDED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            Decision decision = real.apply(command);
            return command instanceof Command.Expire
                    ? new Decision(
                            decision.events().stream()
                                    .filter(event -> !(event instanceof Event.WaitEnded))
                                    .toList(),
                            decision.answer())
                    : decision;
        }
    },

    /** A snapshot has no waiters. */
    WAITERS_NOT_IN_SNAPSHOT {
        @Override
        void restored(State state) {
            List<Waiter> all = new ArrayList<>();
            state.waiters(all::add);
            all.forEach(new WaiterTable(state)::ended);
            state.agenda.freed.clear();
        }
    },

    /** A lock may be had in its lock-delay. */
    LOCK_DELAY_IGNORED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            List<ResourceKey> resting = new ArrayList<>();
            state.delays.scan(null, (resource, delay) -> resting.add(resource));
            resting.forEach(resource -> DelayTable.end(state, resource));
            return real.apply(command);
        }
    },

    /** A resource that is held is granted again. */
    HELD_GRANTED {
        @Override
        Decision decide(State state, Command command, Function<Command, Decision> real) {
            if (command instanceof Command.Acquire acquire && acquire.kind() == Kind.LOCK) {
                Grant other = state.firstOf(acquire.kind(), acquire.name());
                if (other != null && !other.key().session().equals(acquire.session())) {
                    state.grants.remove(other.key());
                    Decision decision = real.apply(command);
                    state.grants.put(other.key(), other);
                    return decision;
                }
            }
            return real.apply(command);
        }
    };

    private static Life living(State state, Life life) {
        return new Life(state.now() + 1, life.checkAt(), life.heartbeatAt(), life.activityAt(), life.beaten());
    }

    /** After a machine was made from a state. */
    void restored(State state) {}

    /** After a batch began. */
    void begun(State state, Batch batch, Head before) {}

    /** What a command comes to. */
    Decision decide(State state, Command command, Function<Command, Decision> real) {
        return real.apply(command);
    }

    /** What follows for those who wait. */
    List<Event> follow(State state, Supplier<List<Event>> real) {
        return real.get();
    }

    /** After an event changed the state. */
    void evolved(State state, Event event) {}
}
