package dev.homeroom.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortedTableTest {
    private static List<Long> keys(SortedTable<Long, String> table) {
        List<Long> keys = new ArrayList<>();
        table.scan(null, (key, value) -> keys.add(key));
        return keys;
    }

    private static List<Long> keysDown(SortedTable<Long, String> table, @Nullable Long below) {
        List<Long> keys = new ArrayList<>();
        table.scanDown(below, (key, value) -> keys.add(key));
        return keys;
    }

    @Test
    void behavesLikeATreeMapAndCapturesStay() {
        for (long seed = 1; seed <= 30; seed++) {
            Random random = new Random(seed);
            int range = 1 << (4 + random.nextInt(9));
            SortedTable<Long, String> table = new SortedTable<>();
            TreeMap<Long, String> model = new TreeMap<>();
            List<SortedTable<Long, String>> captures = new ArrayList<>();
            List<TreeMap<Long, String>> models = new ArrayList<>();
            for (int step = 0; step < 6_000; step++) {
                long key = random.nextInt(range);
                boolean shrinking = step / 1_500 % 2 == 1;
                if (random.nextInt(10) < (shrinking ? 2 : 7)) {
                    assertThat(table.put(key, "v" + step)).isEqualTo(model.put(key, "v" + step));
                } else {
                    assertThat(table.remove(key)).isEqualTo(model.remove(key));
                }
                if (step % 1_000 == 999) {
                    captures.add(table.capture());
                    models.add(new TreeMap<>(model));
                }
                long probe = random.nextInt(range);
                Map.Entry<Long, String> ceiling = model.ceilingEntry(probe);
                assertThat(table.get(probe)).isEqualTo(model.get(probe));
                assertThat(table.ceiling(probe)).isEqualTo(ceiling == null ? null : ceiling.getValue());
            }
            assertThat(table.size()).isEqualTo(model.size());
            assertThat(table.firstKey()).isEqualTo(model.isEmpty() ? null : model.firstKey());
            long below = random.nextInt(range);
            assertThat(keysDown(table, below))
                    .containsExactlyElementsOf(model.headMap(below, false).descendingKeySet());
            assertThat(keysDown(table, null)).containsExactlyElementsOf(model.descendingKeySet());
            for (int i = 0; i < captures.size(); i++) {
                assertThat(keys(captures.get(i)))
                        .as("seed %s", seed)
                        .containsExactlyElementsOf(models.get(i).keySet());
            }
        }
    }

    @Test
    void risingKeysWithAMovingStart() {
        SortedTable<Long, String> table = new SortedTable<>();
        for (long i = 0; i < 10_000; i++) {
            table.put(i, "v");
            if (i >= 100) {
                assertThat(table.remove(i - 100)).isEqualTo("v");
                assertThat(table.firstKey()).isEqualTo(i - 99);
            }
        }
        assertThat(keys(table)).hasSize(100);
    }
}
