package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Delay;
import dev.homeroom.coordinator.core.Extras;
import dev.homeroom.coordinator.core.Provision;
import dev.homeroom.coordinator.core.ResourceKey;
import dev.homeroom.coordinator.core.Waiter;
import dev.homeroom.coordinator.store.v1.StoredDelay;
import dev.homeroom.coordinator.store.v1.StoredExtras;
import dev.homeroom.coordinator.store.v1.StoredProvision;
import dev.homeroom.coordinator.store.v1.StoredResourceKey;
import dev.homeroom.coordinator.store.v1.StoredWaiter;

/** Rows of the state about waiting, to and from what is stored. */
final class WaitRows {
    private WaitRows() {}

    static StoredResourceKey stored(ResourceKey resource) {
        return StoredResourceKey.newBuilder()
                .setKind(Constants.stored(resource.kind()))
                .setName(resource.name())
                .build();
    }

    static ResourceKey core(StoredResourceKey stored) {
        return new ResourceKey(Constants.core(stored.getKind()), stored.getName());
    }

    static StoredExtras stored(Extras extras) {
        StoredExtras.Builder stored = StoredExtras.newBuilder()
                .setLockDelay(extras.lockDelayMillis())
                .addAllMetadata(Parts.entries(extras.metadata()));
        Provision provision = extras.provision();
        if (provision != null) {
            stored.setProvision(StoredProvision.newBuilder()
                    .setTicket(provision.ticket())
                    .setAttachment(provision.attachment())
                    .setSeq(provision.seq())
                    .setUntil(provision.until()));
        }
        return stored.build();
    }

    static Extras core(StoredExtras stored) {
        StoredProvision provision = stored.getProvision();
        return new Extras(
                stored.getLockDelay(),
                Parts.map(stored.getMetadataList()),
                stored.hasProvision()
                        ? new Provision(
                                provision.getTicket(),
                                provision.getAttachment(),
                                provision.getSeq(),
                                provision.getUntil())
                        : null);
    }

    static StoredWaiter stored(Waiter waiter) {
        StoredWaiter.Builder stored = StoredWaiter.newBuilder()
                .setTicket(waiter.ticket())
                .setSession(waiter.session())
                .setIncarnation(waiter.incarnation())
                .setSeq(waiter.seq())
                .addAllResources(
                        waiter.resources().stream().map(WaitRows::stored).toList())
                .setAll(waiter.all())
                .setHolder(waiter.holder())
                .setTtl(waiter.ttl())
                .setDeadline(waiter.deadline())
                .setAttachment(waiter.attachment())
                .setBy(waiter.by())
                .setTriesOn(!waiter.lastTry());
        if (!waiter.extras().equals(Extras.NONE)) {
            stored.setExtras(stored(waiter.extras()));
        }
        return stored.build();
    }

    static Waiter core(StoredWaiter stored) {
        return new Waiter(
                stored.getTicket(),
                stored.getSession(),
                stored.getIncarnation(),
                stored.getSeq(),
                stored.getResourcesList().stream().map(WaitRows::core).toList(),
                stored.getAll(),
                stored.getHolder(),
                stored.getTtl(),
                stored.getDeadline(),
                stored.getAttachment(),
                stored.hasExtras() ? core(stored.getExtras()) : Extras.NONE,
                stored.getBy(),
                !stored.getTriesOn());
    }

    static StoredDelay stored(Delay delay) {
        return StoredDelay.newBuilder()
                .setResource(stored(delay.resource()))
                .setUntil(delay.until())
                .build();
    }

    static Delay core(StoredDelay stored) {
        return new Delay(core(stored.getResource()), stored.getUntil());
    }
}
