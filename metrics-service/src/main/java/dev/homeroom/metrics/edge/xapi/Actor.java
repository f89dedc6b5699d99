package dev.homeroom.metrics.edge.xapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.metrics.edge.Extensions;
import dev.homeroom.metrics.edge.RefusedException;
import dev.homeroom.metrics.edge.Trees;

/**
 * Who a statement is about. Students are pseudonymous: an account's name counts as the pseudonym it should be, while a
 * mail address or OpenID is kept only as its SHA-1, which is what xAPI's own {@code mbox_sha1sum} holds. So a student is
 * the same one whichever of the two forms an app sends.
 */
final class Actor {
    private Actor() {}

    /**
     * The student.
     *
     * @throws RefusedException for no identified agent, and for a group: a group is not one student
     */
    static String student(JsonNode statement) throws RefusedException {
        JsonNode actor = statement.path("actor");
        if ("Group".equals(Trees.text(actor, "objectType")) || actor.has("member")) {
            throw RefusedException.invalid("actor: must be one agent, not a group");
        }
        String account = Trees.text(actor, "account", "name");
        if (account != null) {
            return Extensions.stripped("student", account);
        }
        String hash = Trees.text(actor, "mbox_sha1sum");
        if (hash != null) {
            return hash;
        }
        String mailbox = Trees.text(actor, "mbox");
        if (mailbox != null) {
            return Trees.sha1(mailbox);
        }
        String openid = Trees.text(actor, "openid");
        if (openid != null) {
            return Trees.sha1(openid);
        }
        throw RefusedException.invalid("actor: has no account.name, mbox_sha1sum, mbox or openid");
    }
}
