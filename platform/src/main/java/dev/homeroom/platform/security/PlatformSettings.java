package dev.homeroom.platform.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** Which names this service answers to, and whose pages may call it. */
@ConfigMapping(prefix = "homeroom.platform")
public interface PlatformSettings {
    /** Host names served, without ports; {@code *} serves every name (behind a proxy that checks them). */
    @WithDefault("127.0.0.1,localhost,::1")
    Set<String> allowedHosts();

    /**
     * Origins whose pages may call, such as {@code https://homeroom.example.org}. Without it, pages of the allowed
     * hosts may, on any port.
     */
    Optional<Set<String>> allowedOrigins();
}
