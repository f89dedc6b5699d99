package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.FoldSettings;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.platform.event.DeadLetters;
import java.time.Clock;

/**
 * What the readers of all partitions share.
 *
 * @param settings of the fold
 * @param store where it writes
 * @param decoder of records
 * @param deadLetters for those that cannot be taken
 * @param rollups told of minutes that have changed
 * @param episodes told when there are changes of episodes to publish
 * @param status told how it goes
 * @param clock for pauses and silence
 */
record FoldParts(
        FoldSettings settings,
        FoldStore store,
        Decoder decoder,
        DeadLetters deadLetters,
        RollupPublisher rollups,
        EpisodeRelay episodes,
        FoldStatus status,
        Clock clock) {}
