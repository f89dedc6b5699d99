package dev.homeroom.coordinator.core;

import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map as a B+ tree whose nodes are changed in place while only this table knows them, and copied once after a
 * {@link #capture()}. So writing costs what a plain tree costs, and a capture costs nothing but the later copies of what
 * changes. Iteration is in key order, whatever the history: the same content reads the same everywhere.
 *
 * <p>Not thread-safe, but a captured table may be read by another thread.
 */
final class SortedTable<K extends Comparable<K>, V> {
    private static final int WIDTH = TableNode.WIDTH;

    private Object owner = new Object();
    private TableNode root = new TableNode(owner, true);
    private int size;

    /** The entry looked at or put last: a command comes back to the same session several times. Not in a captured copy. */
    private @Nullable Object lastKey;

    private @Nullable Object lastValue;
    private boolean captured;

    /** How many entries. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** A table with the same content; changes of either do not touch the other. */
    SortedTable<K, V> capture() {
        SortedTable<K, V> copy = new SortedTable<>();
        copy.root = root;
        copy.size = size;
        copy.captured = true; // several threads may read it, so reading must not write
        owner = new Object();
        return copy;
    }

    @Nullable
    V get(K key) {
        if (!captured && key.equals(lastKey)) {
            return last();
        }
        TableNode node = root;
        while (!node.leaf) {
            node = child(node, route(node, key));
        }
        int at = search(node, key);
        V found = at < 0 ? null : value(node, at);
        if (!captured && found != null) {
            remember(key, found);
        }
        return found;
    }

    @SuppressWarnings("unchecked") // only values of type V are remembered
    private @Nullable V last() {
        return (@Nullable V) lastValue;
    }

    private void remember(K key, V value) {
        lastKey = key;
        lastValue = value;
    }

    /** The value of the lowest key that is at least {@code key}. */
    @Nullable
    V ceiling(K key) {
        Holding<V> found = new Holding<>();
        scan(key, (k, v) -> {
            found.value = v;
            return false;
        });
        return found.value;
    }

    private static final class Holding<V> {
        @Nullable
        V value;
    }

    /** The lowest key, null when empty. */
    @Nullable
    K firstKey() {
        TableNode node = root;
        while (!node.leaf) {
            node = child(node, 0);
        }
        return node.count == 0 ? null : key(node, 0);
    }

    /** Puts a value; answers the one it replaces. */
    @Nullable
    V put(K key, V value) {
        root = own(root);
        int before = size;
        TableInsertion<V> insertion = new TableInsertion<>();
        insert(root, key, value, insertion);
        remember(key, value);
        if (insertion.right != null) {
            TableNode above = new TableNode(owner, false);
            above.insert(0, null, root);
            above.insert(1, insertion.separator, insertion.right);
            root = above;
        }
        if (insertion.replaced == null) {
            size = before + 1;
        }
        return insertion.replaced;
    }

    private void insert(TableNode node, K key, V value, TableInsertion<V> insertion) {
        int at;
        if (node.leaf) {
            at = search(node, key);
            if (at >= 0) {
                insertion.replaced = value(node, at);
                node.slots[at] = value;
                return;
            }
            at = -at - 1;
            node.insert(at, key, value);
        } else {
            at = route(node, key);
            TableNode child = own(child(node, at));
            node.slots[at] = child;
            insert(child, key, value, insertion);
            if (insertion.right == null) {
                return;
            }
            at++;
            node.insert(at, insertion.separator, insertion.right);
            insertion.right = null;
        }
        if (node.count == WIDTH) {
            // Rising keys leave full nodes behind instead of half-empty ones.
            split(node, at == WIDTH - 1 ? WIDTH - 1 : WIDTH / 2, insertion);
        }
    }

    private void split(TableNode node, int at, TableInsertion<V> insertion) {
        TableNode right = new TableNode(owner, node.leaf);
        right.takeFrom(node, at);
        insertion.separator = node.keys[at];
        insertion.right = right;
        node.cutAt(at);
    }

    /** Removes an entry; answers its value. */
    @Nullable
    V remove(K key) {
        root = own(root);
        V removed = remove(root, key);
        if (removed != null) {
            lastKey = null;
            lastValue = null;
            size--;
        }
        while (!root.leaf && root.count == 1) {
            root = child(root, 0);
        }
        if (!root.leaf && root.count == 0) {
            root = new TableNode(owner, true);
        }
        return removed;
    }

    private @Nullable V remove(TableNode node, K key) {
        if (node.leaf) {
            int at = search(node, key);
            if (at < 0) {
                return null;
            }
            V removed = value(node, at);
            node.remove(at);
            return removed;
        }
        int at = route(node, key);
        TableNode child = own(child(node, at));
        node.slots[at] = child;
        V removed = remove(child, key);
        if (child.count == 0) {
            node.remove(at);
        } else if (child.count < WIDTH / 4) {
            merge(node, at == 0 ? 0 : at - 1);
        }
        return removed;
    }

    /** Joins child {@code at} and the next one where the result is at most half full, so that it does not split at once. */
    private void merge(TableNode node, int at) {
        if (at + 1 >= node.count) {
            return;
        }
        TableNode right = child(node, at + 1);
        if (child(node, at).count + right.count > WIDTH / 2) {
            return;
        }
        TableNode left = own(child(node, at));
        node.slots[at] = left;
        int joint = left.count;
        left.takeFrom(right, 0);
        if (!left.leaf) {
            left.keys[joint] = node.keys[at + 1];
        }
        node.remove(at + 1);
    }

    /** Visits entries in order from {@code from} (null: the first) until the visitor answers false. */
    void scan(@Nullable K from, BiPredicate<? super K, ? super V> visitor) {
        scan(root, from, visitor);
    }

    private boolean scan(TableNode node, @Nullable K from, BiPredicate<? super K, ? super V> visitor) {
        if (node.leaf) {
            int start = from == null ? 0 : search(node, from);
            for (int i = start < 0 ? -start - 1 : start; i < node.count; i++) {
                if (!visitor.test(key(node, i), value(node, i))) {
                    return false;
                }
            }
            return true;
        }
        int start = from == null ? 0 : route(node, from);
        for (int i = start; i < node.count; i++) {
            if (!scan(child(node, i), i == start ? from : null, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** Visits entries in falling order, from below {@code below} (null: from the last), until the visitor answers false. */
    void scanDown(@Nullable K below, BiPredicate<? super K, ? super V> visitor) {
        scanDown(root, below, visitor);
    }

    private boolean scanDown(TableNode node, @Nullable K below, BiPredicate<? super K, ? super V> visitor) {
        if (node.leaf) {
            int end = below == null ? node.count : search(node, below);
            for (int i = (end < 0 ? -end - 1 : end) - 1; i >= 0; i--) {
                if (!visitor.test(key(node, i), value(node, i))) {
                    return false;
                }
            }
            return true;
        }
        int start = below == null ? node.count - 1 : route(node, below);
        for (int i = start; i >= 0; i--) {
            if (!scanDown(child(node, i), i == start ? below : null, visitor)) {
                return false;
            }
        }
        return true;
    }

    private TableNode own(TableNode node) {
        if (node.owner == owner) {
            return node;
        }
        TableNode copy = new TableNode(owner, node.leaf);
        copy.takeFrom(node, 0);
        return copy;
    }

    /** Index of the child in whose range the key lies. */
    private int route(TableNode node, K key) {
        int low = 1;
        int high = node.count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (key(node, middle).compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low - 1;
    }

    /** Index of the key in a leaf, or -(place to insert) - 1. */
    private int search(TableNode leaf, K key) {
        int low = 0;
        int high = leaf.count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = key(leaf, middle).compareTo(key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only keys of type K are put below count
    private K key(TableNode node, int at) {
        return (K) node.keys[at];
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // only values of type V are put below count, in leaves
    private V value(TableNode leaf, int at) {
        return (V) leaf.slots[at];
    }

    @SuppressWarnings("NullAway") // below count a child is there
    private static TableNode child(TableNode inner, int at) {
        return (TableNode) inner.slots[at];
    }
}
