package dev.geotherm.testkit.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.delta.Pointer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest correct anchor store, with an optional fault.
 *
 * <p>Its index: if there are many anchors, a fragment is compared with those of the same signs in the first two numbers.
 */
final class PlainStore implements AnchorStore {
    private static final int FEW = 256;
    private static final double ROUNDING = 1e-6;
    private static final Pointer ANCHORS = Pointer.of("anchors");
    private static final Pattern PERSONAL = Pattern.compile(
            "\\S+@\\S+\\.\\w+|\\+\\d[\\d ]{6,}\\d|[A-Z]{2}\\d\\d(?: ?\\d{2,4}){4,}|\\d+\\.\\d+\\.\\d+\\.\\d+");

    private final AnchorStoreSettings rules;
    private final Clock clock;
    private final StoreFault fault;
    private final ObjectPool<PlainAnchor> pool;
    private final TrackedState state;
    private final TreeMap<AnchorId, PlainAnchor> anchors = new TreeMap<>();
    private final Map<AnchorId, Instant> evictions = new HashMap<>();
    private int dimension = -1;
    private boolean closed;
    private volatile long ingested;
    private long created;
    private long clustered = -1;
    private List<Cluster> clusters = List.of();
    private long comparisons;
    private long scrubbed;

    PlainStore(AnchorStoreSettings rules, ComponentContext context, StoreFault fault) {
        this.rules = rules;
        this.fault = fault;
        clock = context.clock();
        pool = context.component(ObjectPools.class).open(context.instance(), new Allocator<>() {
            @Override
            public PlainAnchor allocate() {
                return new PlainAnchor();
            }

            @Override
            public void reset(PlainAnchor anchor) {}
        });
        ObjectNode initial = JsonNodeFactory.instance.objectNode();
        initial.putObject("anchors");
        state = context.component(StateDiffer.class).track(initial);
    }

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return Math.max(-1, Math.min(1, sum));
    }

    static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        if (!Double.isFinite(squares)) {
            throw new IllegalArgumentException("a number is not finite");
        }
        float[] unit = vector.clone();
        for (int i = 0; i < unit.length && squares > 0; i++) {
            unit[i] = (float) (unit[i] / Math.sqrt(squares));
        }
        return unit;
    }

    private static boolean isZero(float[] vector) {
        for (float number : vector) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    private float[] checked(float[] embedding) {
        if (dimension >= 0 && embedding.length != dimension) {
            throw new IllegalArgumentException("embeddings have " + dimension + " numbers");
        }
        float[] unit = unit(embedding);
        return fault == StoreFault.KEEPS_THE_GIVEN_ARRAY && Arrays.equals(embedding, unit) ? embedding : unit;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public ScrubbedText scrub(String text) {
        StringBuilder kept = new StringBuilder();
        List<ScrubbedText.Replacement> replacements = new ArrayList<>();
        Matcher personal = PERSONAL.matcher(text);
        while (rules.scrub() && personal.find()) {
            personal.appendReplacement(kept, "[personal]");
            int end = kept.length();
            int moved = fault == StoreFault.OFFSETS_ARE_THOSE_OF_THE_SCRUBBED_TEXT ? end - personal.end() : 0;
            replacements.add(new ScrubbedText.Replacement(
                    end - "[personal]".length(), end, personal.start() + moved, personal.end() + moved));
        }
        return new ScrubbedText(personal.appendTail(kept).toString(), replacements);
    }

    @Override
    public Ingested ingest(Fragment<String> fragment, float[] embedding) {
        Ingested result;
        synchronized (this) {
            result = ingestAlone(fragment, embedding);
        }
        if (fault == StoreFault.UPDATES_ARE_LOST_BETWEEN_THREADS) {
            long before = ingested;
            LockSupport.parkNanos(1_000);
            ingested = before + 1;
        }
        return result;
    }

    private Ingested ingestAlone(Fragment<String> fragment, float[] embedding) {
        requireOpen();
        ingested += fault == StoreFault.COUNTS_WHAT_IT_REFUSES ? 1 : 0;
        float[] unit = checked(embedding);
        dimension = unit.length;
        ingested += fault == StoreFault.COUNTS_WHAT_IT_REFUSES || fault == StoreFault.UPDATES_ARE_LOST_BETWEEN_THREADS
                ? 0
                : 1;
        PlainAnchor nearest = isZero(unit) ? null : nearest(unit);
        if (nearest != null) {
            nearest.reinforce(fragment.id(), unit, clock.instant(), rules, fault);
            return new Ingested(nearest.id, false);
        }
        return create(fragment, unit);
    }

    private PlainAnchor nearest(float[] unit) {
        boolean all = anchors.size() <= FEW || fault == StoreFault.COMPARES_EVERY_ANCHOR;
        PlainAnchor nearest = null;
        double best = rules.consolidation() + (fault == StoreFault.THRESHOLD_IS_EXCLUDED ? ROUNDING : -ROUNDING);
        for (PlainAnchor anchor : anchors.values()) {
            if (all || signs(place(anchor)) == signs(unit)) {
                comparisons++;
                double similarity = cosine(place(anchor), unit);
                nearest = similarity > best ? anchor : nearest;
                best = Math.max(best, similarity);
            }
        }
        return nearest;
    }

    private float[] place(PlainAnchor anchor) {
        return fault == StoreFault.INDEX_STAYS_BEHIND ? anchor.origin : anchor.embedding;
    }

    private static int signs(float[] unit) {
        return (unit[0] < 0 ? 1 : 0) + (unit[1] < 0 ? 2 : 0);
    }

    private Ingested create(Fragment<String> fragment, float[] unit) {
        created++;
        AnchorId id = new AnchorId("a" + created);
        PlainAnchor anchor = pool.acquire();
        if (fault != StoreFault.HISTORY_OUTLIVES_EVICTION) {
            anchor.history.clear();
        }
        String text = scrub(fragment.content()).text();
        scrubbed += text.equals(fragment.content()) ? 0 : 1;
        String kept = fault == StoreFault.TEXTS_ARE_KEPT_AS_THEY_COME ? fragment.content() : text;
        anchor.begin(id, fragment, kept, unit, clock.instant(), rules);
        anchors.put(id, anchor);
        return new Ingested(id, true);
    }

    @Override
    public synchronized Optional<Anchor> find(AnchorId id) {
        return Optional.ofNullable(anchors.get(id)).map(PlainAnchor::copy);
    }

    @Override
    public synchronized List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = checked(embedding);
        return anchors.values().stream()
                .filter(anchor -> fault == StoreFault.ZEROS_ARE_NEAR || !isZero(unit) && !isZero(anchor.embedding))
                .map(anchor -> new Similar(anchor.id, cosine(anchor.embedding, unit)))
                .sorted(Comparator.comparingDouble(Similar::similarity)
                        .reversed()
                        .thenComparing(Similar::anchor, tieOrder()))
                .limit(limit)
                .toList();
    }

    private Comparator<AnchorId> tieOrder() {
        return fault == StoreFault.TIES_ARE_IN_THE_ORDER_OF_CREATION
                ? Comparator.comparingInt(id -> Integer.parseInt(id.value().substring(1)))
                : Comparator.naturalOrder();
    }

    @Override
    public synchronized int size() {
        return anchors.size();
    }

    @Override
    public synchronized List<Anchor> anchors() {
        return anchors.values().stream().map(PlainAnchor::copy).toList();
    }

    @Override
    public synchronized List<AnchorId> changedSince(Instant time) {
        TreeSet<AnchorId> changed = new TreeSet<>();
        anchors.values().stream().filter(a -> a.lastSeen.isAfter(time)).forEach(a -> changed.add(a.id));
        if (fault != StoreFault.EVICTIONS_ARE_NO_CHANGES) {
            evictions.forEach((id, at) -> changed.addAll(at.isAfter(time) ? List.of(id) : List.of()));
        }
        return List.copyOf(changed);
    }

    @Override
    public synchronized int decay() {
        if (fault != StoreFault.DECAYS_WHEN_CLOSED) {
            requireOpen();
        }
        Instant now = clock.instant();
        return (int) anchors.values().stream()
                .filter(anchor -> anchor.decay(now, rules, fault))
                .count();
    }

    @Override
    public synchronized List<AnchorId> evict() {
        requireOpen();
        Instant now = clock.instant();
        List<PlainAnchor> gone = anchors.values().stream()
                .filter(anchor -> isOld(anchor, now) || anchor.heat < rules.evictionHeat())
                .toList();
        List<AnchorId> ids = gone.stream().map(anchor -> anchor.id).toList();
        ids.forEach(id -> evictions.put(id, now));
        ids.forEach(anchors::remove);
        if (fault != StoreFault.EVICTED_STAY_OUT_OF_THE_POOL) {
            gone.forEach(pool::release);
        }
        return ids;
    }

    private boolean isOld(PlainAnchor anchor, Instant now) {
        Instant since = fault == StoreFault.AGE_IS_THAT_OF_THE_LAST_SEEN ? anchor.lastSeen : anchor.firstSeen;
        return since.plus(rules.maxAge()).isBefore(now);
    }

    @Override
    public synchronized List<Cluster> clusters(double similarity) {
        if (fault != StoreFault.CLUSTERS_OUTLIVE_A_DECAY || clustered != created) {
            clusters = findClusters(similarity);
            clustered = created;
        }
        return clusters;
    }

    private List<Cluster> findClusters(double similarity) {
        List<PlainAnchor> left = new ArrayList<>(anchors.values());
        left.removeIf(anchor -> isZero(anchor.embedding));
        List<Cluster> clusters = new ArrayList<>();
        while (!left.isEmpty()) {
            List<PlainAnchor> group = groupOf(left.remove(0), left, similarity);
            if (group.size() > 1) {
                clusters.add(new Cluster(
                        group.stream().map(anchor -> anchor.id).sorted().toList(), mean(group, a -> a.heat)));
            }
        }
        clusters.sort(
                Comparator.comparingInt((Cluster cluster) -> -cluster.members().size())
                        .thenComparing(cluster -> cluster.members().get(0), tieOrder()));
        return clusters;
    }

    private List<PlainAnchor> groupOf(PlainAnchor first, List<PlainAnchor> left, double similarity) {
        List<PlainAnchor> group = new ArrayList<>();
        Deque<PlainAnchor> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            PlainAnchor anchor = open.poll();
            group.add(anchor);
            if (anchor == first || fault != StoreFault.GROUPS_ARE_DIRECT_ONLY) {
                left.stream()
                        .filter(other -> cosine(anchor.embedding, other.embedding) >= similarity)
                        .forEach(open::add);
                left.removeAll(open);
            }
        }
        return group;
    }

    private static double mean(Collection<PlainAnchor> anchors, ToDoubleFunction<PlainAnchor> of) {
        return anchors.stream().mapToDouble(of).average().orElse(0);
    }

    @Override
    public synchronized Stability stability() {
        Instant now = clock.instant();
        Collection<PlainAnchor> all = anchors.values();
        double age = mean(all, a -> Duration.between(a.firstSeen, now).toNanos());
        double churn = created == 0 ? 0 : (double) evictions.size() / created;
        return new Stability(
                all.size(), Duration.ofNanos((long) age), mean(all, a -> a.heat), mean(all, a -> a.drift), churn);
    }

    @Override
    public synchronized RevisionDelta commit() {
        requireOpen();
        return state.edit(editor -> {
            List<String> shown = new ArrayList<>();
            editor.get(ANCHORS).fieldNames().forEachRemaining(shown::add);
            shown.stream()
                    .filter(id -> !anchors.containsKey(new AnchorId(id)))
                    .forEach(id -> editor.remove(ANCHORS.child(id)));
            anchors.values().forEach(anchor -> write(anchor, editor));
        });
    }

    private void write(PlainAnchor anchor, StateEditor editor) {
        Pointer path = ANCHORS.child(anchor.id.value());
        JsonNode json = anchor.json();
        if (editor.get(path) == null) {
            editor.set(path, json);
        } else if (fault == StoreFault.COMMIT_REPLACES_ALL) {
            editor.set(path, json);
        } else {
            json.properties().forEach(member -> editor.set(path.child(member.getKey()), member.getValue()));
        }
    }

    @Override
    public TrackedState state() {
        return state;
    }

    @Override
    public synchronized AnchorMetrics metrics() {
        return new AnchorMetrics(
                ingested,
                created,
                ingested - created,
                evictions.size(),
                anchors.size(),
                comparisons,
                scrubbed,
                state.revision());
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (fault != StoreFault.CLOSE_KEEPS_ANCHORS) {
            anchors.values().forEach(pool::release);
        }
        anchors.clear();
        pool.close();
        state.close();
    }
}
