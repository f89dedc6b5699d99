package dev.homeroom.coordinator.codec;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.store.v1.StoredAuditPage;
import dev.homeroom.coordinator.store.v1.StoredReadAudit;

/** Reading the audit trail, as it is stored. */
final class Trail {
    private Trail() {}

    static StoredReadAudit stored(Command.ReadAudit read) {
        StoredReadAudit.Builder stored = StoredReadAudit.newBuilder()
                .setKind(Constants.storedOrAll(read.kind()))
                .setName(read.name())
                .setSession(read.session())
                .setLimit(read.limit());
        if (read.before() != null) {
            stored.setBefore(Parts.stored(read.before()));
        }
        return stored.build();
    }

    static Command core(StoredReadAudit stored) {
        return new Command.ReadAudit(
                Constants.coreOrAll(stored.getKind()),
                stored.getName(),
                stored.getSession(),
                stored.hasBefore() ? Parts.core(stored.getBefore()) : null,
                stored.getLimit());
    }

    static StoredAuditPage stored(Answer.AuditPage page) {
        StoredAuditPage.Builder stored = StoredAuditPage.newBuilder()
                .addAllChanges(page.changes().stream().map(Parts::stored).toList());
        if (page.next() != null) {
            stored.setNext(Parts.stored(page.next()));
        }
        return stored.build();
    }

    static Answer core(StoredAuditPage stored) {
        return new Answer.AuditPage(
                stored.getChangesList().stream().map(Parts::core).toList(),
                stored.hasNext() ? Parts.core(stored.getNext()) : null);
    }
}
