-- Rare ends, in the order of age: what a list by status and the retry of failed tasks look for among millions that went well.
CREATE INDEX transition_rare ON queue.transition (to_state, task, version)
    WHERE to_state IN ('failed', 'skipped', 'cancelled');
