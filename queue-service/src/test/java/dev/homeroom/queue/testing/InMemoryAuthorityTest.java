package dev.homeroom.queue.testing;

import dev.homeroom.queue.core.GrantAuthority;

class InMemoryAuthorityTest extends GrantAuthorityContract {
    @Override
    protected GrantAuthority authority() {
        return behind;
    }
}
