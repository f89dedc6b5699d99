package dev.homeroom.queue.core.insight;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Counts of values in buckets that grow with the value: values below 16 have a bucket each, and every doubling above is
 * divided into 16. So a value is told with an error of at most a sixteenth (6.25 %), whatever its size, in at most
 * {@value #MOST_BUCKETS} buckets, and two histograms are added without loss. The layout is that of HdrHistogram with
 * four bits of precision. Not safe for concurrent use.
 */
public final class Histogram {
    /** Sub-buckets of a doubling: 2 to the power of this. */
    private static final int BITS = 4;

    private static final int SUB = 1 << BITS;

    /** Above this a value counts as this: two years in milliseconds. */
    public static final long HIGHEST = (1L << 36) - 1;

    /** How many buckets there can be. */
    public static final int MOST_BUCKETS = 528;

    /** By bucket; as long as the highest bucket so far needs. */
    private long[] counts = {};

    private long total;
    private long sum;

    /** Counts one value; a negative one as 0. */
    public void add(long value) {
        long bounded = Math.max(0, Math.min(HIGHEST, value));
        count(bucket(bounded), 1);
        sum += bounded;
    }

    /** Adds what the other one has counted. */
    public void add(Histogram other) {
        for (int bucket = 0; bucket < other.counts.length; bucket++) {
            count(bucket, other.counts[bucket]);
        }
        sum += other.sum;
    }

    /** How many values were counted. */
    public long total() {
        return total;
    }

    /** The mean; 0 without values. Exact, unlike the percentiles. */
    public double mean() {
        return total == 0 ? 0 : (double) sum / total;
    }

    /**
     * The value that this share of the values does not exceed: the highest of its bucket; 0 without values.
     *
     * @param share above 0, up to 1
     */
    public long percentile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return highest(bucket);
            }
        }
        return 0;
    }

    /** How often each value was counted, by the lowest value of its bucket. */
    public SortedMap<Long, Long> byValue() {
        var values = new TreeMap<Long, Long>();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                values.put(lowest(bucket), counts[bucket]);
            }
        }
        return values;
    }

    /** The bucket of a value from 0 to {@link #HIGHEST}. */
    static int bucket(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
        return (shift + 1) * SUB + (int) (value >> shift) - SUB;
    }

    /** The lowest value of a bucket. */
    static long lowest(int bucket) {
        int shift = Math.max(0, bucket / SUB - 1);
        return bucket < SUB ? bucket : (long) (bucket % SUB + SUB) << shift;
    }

    /** The highest value of a bucket. */
    static long highest(int bucket) {
        int shift = Math.max(0, bucket / SUB - 1);
        return lowest(bucket) + (1L << shift) - 1;
    }

    /** The sum, then bucket (as the distance from the one before) and count of each: numbers of seven bits a byte. */
    public byte[] encoded() {
        // A distance has at most two bytes, a count at most ten.
        var bytes = new byte[10 + counts.length * 12];
        int length = write(bytes, 0, sum);
        int before = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                length = write(bytes, length, bucket - before);
                length = write(bytes, length, counts[bucket]);
                before = bucket;
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Histogram decoded(byte[] bytes) {
        var histogram = new Histogram();
        var numbers = new long[2];
        int[] seen = {0};
        read(bytes, number -> {
            if (seen[0]++ == 0) {
                histogram.sum = number;
            } else if (seen[0] % 2 == 0) {
                numbers[0] += number;
            } else {
                histogram.put(numbers[0], number);
            }
        });
        return histogram;
    }

    private void put(long bucket, long count) {
        if (bucket >= MOST_BUCKETS || count < 0) {
            throw new IllegalArgumentException("no histogram");
        }
        count((int) bucket, count);
    }

    private void count(int bucket, long times) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, bucket + SUB);
        }
        counts[bucket] += times;
        total += times;
    }

    /** Answers where the next number goes. */
    private static int write(byte[] bytes, int from, long number) {
        int at = from;
        long rest = number;
        while (rest >= 0x80) {
            bytes[at++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    private static void read(byte[] bytes, LongConsumer number) {
        long value = 0;
        int shift = 0;
        for (byte one : bytes) {
            if (shift > 56) {
                throw new IllegalArgumentException("no histogram");
            }
            value |= (long) (one & 0x7f) << shift;
            shift += 7;
            if (one >= 0) {
                number.accept(value);
                value = 0;
                shift = 0;
            }
        }
    }
}
