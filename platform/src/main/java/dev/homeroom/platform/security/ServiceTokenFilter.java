package dev.homeroom.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/** Shows the service token on a REST client's requests: {@code @RegisterProvider(ServiceTokenFilter.class)}. */
@ApplicationScoped
public class ServiceTokenFilter implements ClientRequestFilter {
    private final ServiceToken token;

    /** With the token of this service. */
    @Inject
    public ServiceTokenFilter(ServiceToken token) {
        this.token = token;
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, token.bearer());
    }
}
