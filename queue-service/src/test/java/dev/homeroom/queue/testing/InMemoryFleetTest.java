package dev.homeroom.queue.testing;

import dev.homeroom.queue.core.insight.Fleet;

class InMemoryFleetTest extends FleetContract {
    @Override
    protected Fleet fleet() {
        return behind;
    }
}
