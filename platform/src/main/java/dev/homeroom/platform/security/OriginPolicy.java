package dev.homeroom.platform.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the Host and Origin headers. The first stops DNS rebinding, the second foreign pages, WebSockets included
 * (to which browsers apply no same-origin rule of their own).
 */
final class OriginPolicy {
    private static final String EVERY_HOST = "*";

    private final Set<String> hosts;
    private final Optional<Set<String>> origins;

    OriginPolicy(Set<String> hosts, Optional<Set<String>> origins) {
        this.hosts = hosts.stream().map(OriginPolicy::normal).collect(Collectors.toUnmodifiableSet());
        this.origins = origins.map(Set::copyOf);
    }

    /** Why a request is refused, or null when it may go on. */
    @Nullable
    String refusal(@Nullable String host, @Nullable String origin) {
        if (host == null || !serves(host)) {
            return "This service does not answer to the name in the Host header.";
        }
        return origin == null || trusts(origin) ? null : "Pages of this origin may not call this service.";
    }

    private boolean trusts(String origin) {
        if (origins.isPresent()) {
            return origins.get().contains(origin);
        }
        try {
            String host = new URI(origin).getHost();
            return host != null && serves(host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private boolean serves(String host) {
        return hosts.contains(EVERY_HOST) || hosts.contains(normal(host));
    }

    private static String normal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }
}
