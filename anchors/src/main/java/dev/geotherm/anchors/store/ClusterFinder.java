package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.anchors.vector.HyperplaneIndex;

import dev.geotherm.anchors.vector.HyperplaneIndex.Entry;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Cluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;

/**
 * Groups what is in an index: each entry is joined with its neighbours, and through them with theirs.
 *
 * <p>Neighbours come from the index where their cosine is one that it finds reliably. Below, all pairs are looked at but
 * for those joined already, which at low cosines are most.
 */
final class ClusterFinder {
    private static final Comparator<Cluster> LARGEST_FIRST = Comparator.comparingInt(
                    (Cluster cluster) -> cluster.members().size())
            .reversed()
            .thenComparing(cluster -> cluster.members().get(0));

    private final int[] parents;

    private ClusterFinder(int size) {
        parents = new int[size];
        for (int i = 0; i < size; i++) {
            parents[i] = i;
        }
    }

    static <T> List<Cluster> of(
            HyperplaneIndex<T> index,
            double similarity,
            Function<T, AnchorId> id,
            ToDoubleFunction<T> heat,
            IntConsumer compared) {
        ClusterFinder clusters = new ClusterFinder(index.size());
        for (Entry<T> entry : index.entries()) {
            int[] count = new int[1];
            if (similarity >= HyperplaneIndex.RELIABLE) {
                index.candidates(entry.vector(), other -> count[0] += clusters.compare(entry, other, similarity));
            } else {
                index.entries().forEach(other -> count[0] += clusters.compare(entry, other, similarity));
            }
            compared.accept(count[0]);
        }
        return clusters.groups(index.entries()).stream()
                .filter(group -> group.size() > 1)
                .map(group -> cluster(group, id, heat))
                .sorted(LARGEST_FIRST)
                .toList();
    }

    private <T> int compare(Entry<T> entry, Entry<T> other, double similarity) {
        if (other.place() <= entry.place() || root(entry.place()) == root(other.place())) {
            return 0; // the pair was, or will be, seen from its other side; or there is nothing to join
        }
        if (VectorMath.cosine(entry.vector(), other.vector()) >= similarity) {
            parents[root(entry.place())] = root(other.place());
        }
        return 1;
    }

    private int root(int place) {
        int at = place;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    private <T> Collection<List<T>> groups(List<Entry<T>> entries) {
        Map<Integer, List<T>> groups = new HashMap<>();
        for (Entry<T> entry : entries) {
            groups.computeIfAbsent(root(entry.place()), root -> new ArrayList<>())
                    .add(entry.of());
        }
        return groups.values();
    }

    private static <T> Cluster cluster(List<T> group, Function<T, AnchorId> id, ToDoubleFunction<T> heat) {
        List<T> members = group.stream().sorted(Comparator.comparing(id)).toList();
        return new Cluster(
                members.stream().map(id).toList(),
                members.stream().mapToDouble(heat).average().orElse(0));
    }
}
