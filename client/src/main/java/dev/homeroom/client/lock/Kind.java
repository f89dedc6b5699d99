package dev.homeroom.client.lock;

import dev.homeroom.client.Request;

/** The three faces of the one primitive. */
enum Kind {
    LOCK("/api/locks"),
    CLAIM("/api/claims"),
    LIMIT("/api/limits");

    private final String root;

    Kind(String root) {
        this.root = root;
    }

    String root() {
        return root;
    }

    String path(String name, String action) {
        return Request.path(root, name, action);
    }

    String path(String name) {
        return Request.path(root, name);
    }

    /** As the coordinator names it, before the colon of a revoked resource too. */
    String label() {
        return root.substring("/api/".length(), root.length() - 1);
    }
}
