package dev.geotherm.testkit.anchor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Anchor;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorMetrics;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Cluster;
import dev.geotherm.api.anchor.Evicted;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.Stability;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Fragment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The smallest correct anchor store, with an optional fault.
 *
 * <p>After each change, the anchors are computed from scratch, as far as the change can reach.
 */
final class PlainStore implements AnchorStore {
    private final AnchorStoreSettings rules;
    private final Clock clock;
    private final StoreFault fault;
    private final ObjectPool<PlainAnchor> pool;
    private final TrackedState state;
    private final PlainPassages passages;
    private final PlainScrubber scrubber;
    private final PlainAnchors anchors;
    private final PlainStateWriter writer;

    private int dimension = -1;
    private boolean closed;
    private volatile long ingested;
    private long reinforced;
    private long reassigned;
    private long clustered = -1;
    private List<Cluster> clusters = List.of();
    private long scrubbed;

    PlainStore(AnchorStoreSettings rules, ComponentContext context, StoreFault fault) {
        this.rules = rules;
        this.fault = fault;
        clock = context.clock();
        passages = new PlainPassages(rules, fault);
        scrubber = new PlainScrubber(rules.scrub(), fault);
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
        anchors = new PlainAnchors(rules, clock, fault, pool, passages);
        state = context.component(StateDiffer.class).track(initial);
        writer = new PlainStateWriter(state, fault);
    }

    private float[] checked(float[] embedding) {
        if (dimension >= 0 && embedding.length != dimension) {
            throw new IllegalArgumentException("embeddings have " + dimension + " numbers");
        }
        float[] unit = PlainVectors.unit(embedding);
        return fault == StoreFault.KEEPS_THE_GIVEN_ARRAY && Arrays.equals(embedding, unit) ? embedding : unit;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public ScrubbedText scrub(String text) {
        return scrubber.scrub(text);
    }

    @Override
    public Ingested ingest(Fragment<String> fragment, float[] embedding) {
        Ingested result;
        PlainAnchor one = pool.acquire(); // outside of the lock; a chain of changes may need more
        try {
            synchronized (this) {
                anchors.spare = one;
                try {
                    result = ingestAlone(fragment, embedding);
                } finally {
                    one = anchors.spare;
                    anchors.spare = null;
                }
            }
        } finally {
            if (one != null) {
                pool.release(one);
            }
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
        String kept =
                fault == StoreFault.TEXTS_ARE_KEPT_AS_THEY_COME ? fragment.content() : scrubbed(fragment.content());
        PlainPassage passage = new PlainPassage(fragment.id(), kept, fragment.metadata(), unit, fragment.timestamp());
        PlainPassage known = passages.find(passage.id);
        if (known != null
                && fault != StoreFault.REPEATED_PASSAGES_ARE_NEW
                && known.text.equals(kept)
                && known.context.equals(passage.context)
                && Arrays.equals(known.unit, unit)) {
            return new Ingested(anchors.of(passage.id).id(), false, Map.of());
        }
        boolean counts =
                fault != StoreFault.COUNTS_WHAT_IT_REFUSES && fault != StoreFault.UPDATES_ARE_LOST_BETWEEN_THREADS;
        ingested += counts ? 1 : 0;
        anchors.forgetMoves();
        if (known != null) {
            anchors.removeAll(List.of(known.id));
        }
        anchors.add(passage);
        PlainAnchor anchor = anchors.of(passage.id);
        reinforced += anchor.leader == passage ? 0 : 1;
        anchors.evictSurplus(fault == StoreFault.NEW_ANCHORS_ARE_EVICTED ? null : anchor);
        Map<String, Optional<AnchorId>> moved = report(List.of(passage.id));
        boolean creates = anchor.leader == passage && known == null;
        return new Ingested(anchor.id(), creates, moved);
    }

    private String scrubbed(String text) {
        String result = scrub(text).text();
        scrubbed += result.equals(text) ? 0 : 1;
        return result;
    }

    private Map<String, Optional<AnchorId>> report(Collection<String> except) {
        Map<String, Optional<AnchorId>> moved = anchors.moved(except);
        reassigned += moved.size();
        return fault == StoreFault.REASSIGNED_PASSAGES_ARE_NOT_REPORTED ? Map.of() : moved;
    }

    @Override
    public synchronized Map<String, Optional<AnchorId>> remove(Collection<String> ids) {
        requireOpen();
        anchors.forgetMoves();
        anchors.removeAll(ids);
        return report(ids);
    }

    @Override
    public synchronized void restore(Consumer<Consumer<Member>> source) {
        requireOpen();
        if (!passages.isEmpty()) {
            throw new IllegalStateException("not empty");
        }
        List<Member> members = new ArrayList<>();
        source.accept(members::add);
        int length = dimension;
        try {
            for (Member member : members) {
                restore(member);
            }
            for (Member member : members) {
                if (!anchors.of(member.id()).id().equals(member.anchor())) {
                    throw new IllegalArgumentException(member.anchor() + " is not the anchor of " + member.id());
                }
            }
        } catch (IllegalArgumentException invalid) {
            dimension = length;
            anchors.removeAll(members.stream().map(Member::id).toList());
            throw invalid;
        }
    }

    private void restore(Member member) {
        if (passages.find(member.id()) != null) {
            throw new IllegalArgumentException(member.id() + " occurs twice");
        }
        float[] unit = checked(member.embedding());
        dimension = unit.length;
        Instant at = fault == StoreFault.RESTORED_PASSAGES_ARE_YOUNG ? clock.instant() : member.at();
        anchors.add(new PlainPassage(member.id(), member.text(), member.metadata(), unit, at));
    }

    @Override
    public synchronized Optional<AnchorId> anchorOf(String passage) {
        return Optional.ofNullable(anchors.of(passage)).map(PlainAnchor::id);
    }

    private Anchor copy(PlainAnchor anchor) {
        return anchor.copy(clock.instant(), rules, fault);
    }

    @Override
    public synchronized Optional<Anchor> find(AnchorId id) {
        return Optional.ofNullable(anchors.find(id)).map(this::copy);
    }

    @Override
    public synchronized List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = checked(embedding);
        return anchors.all().stream()
                .filter(anchor -> fault == StoreFault.ZEROS_ARE_NEAR
                        || !PlainVectors.isZero(unit) && !PlainVectors.isZero(anchor.leader.unit))
                .map(anchor -> new Similar(anchor.id(), PlainVectors.cosine(anchor.leader.unit, unit)))
                .sorted(Comparator.comparingDouble(Similar::similarity)
                        .reversed()
                        .thenComparing(Similar::anchor, tieOrder()))
                .limit(limit)
                .toList();
    }

    private Comparator<AnchorId> tieOrder() {
        return fault == StoreFault.TIES_ARE_REVERSED ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    @Override
    public synchronized int size() {
        return anchors.size();
    }

    @Override
    public synchronized List<Anchor> anchors() {
        return anchors.all().stream().map(this::copy).toList();
    }

    @Override
    public synchronized List<AnchorId> changedSince(long revision) {
        return writer.changedSince(revision, anchors.all());
    }

    @Override
    public synchronized int decay() {
        return decay(clock.instant());
    }

    @Override
    public synchronized int decay(Instant given) {
        Instant at = fault == StoreFault.DECAYS_TO_NOW_ONLY ? clock.instant() : given;
        if (fault != StoreFault.DECAYS_WHEN_CLOSED) {
            requireOpen();
        }
        int count = 0;
        for (PlainAnchor anchor : anchors.all()) {
            double heat = anchor.heat(at, rules, fault);
            if (heat != anchor.notedHeat) {
                anchor.notedHeat = heat;
                anchor.changed |= fault != StoreFault.DECAY_IS_NOT_SHOWN;
                count++;
            }
        }
        return count;
    }

    @Override
    public synchronized Evicted evict() {
        requireOpen();
        anchors.forgetMoves();
        List<AnchorId> gone = new ArrayList<>();
        for (PlainAnchor anchor = anchors.expired(); anchor != null; anchor = anchors.expired()) {
            gone.add(anchor.id());
            anchors.evict(anchor);
        }
        boolean reports = fault != StoreFault.EVICTED_PASSAGES_ARE_NOT_REPORTED;
        return new Evicted(gone.stream().sorted().toList(), reports ? anchors.moved(List.of()) : Map.of());
    }

    @Override
    public synchronized List<Cluster> clusters(double similarity) {
        if (fault != StoreFault.CLUSTERS_OUTLIVE_A_DECAY || clustered != anchors.created()) {
            clusters = new PlainClusters(fault, tieOrder()).find(anchors.all(), similarity, this::heat);
            clustered = anchors.created();
        }
        return clusters;
    }

    private static double mean(Collection<PlainAnchor> anchors, ToDoubleFunction<PlainAnchor> of) {
        return anchors.stream().mapToDouble(of).average().orElse(0);
    }

    @Override
    public synchronized Stability stability() {
        Instant now = clock.instant();
        Collection<PlainAnchor> all = anchors.all();
        double age = mean(all, a -> Duration.between(a.firstSeen(), now).toNanos());
        double churn = anchors.created() == 0 ? 0 : (double) anchors.evicted() / anchors.created();
        double drift = mean(all, a -> a.drift(fault));
        return new Stability(all.size(), Duration.ofNanos((long) age), mean(all, this::heat), drift, churn);
    }

    private double heat(PlainAnchor anchor) {
        return anchor.heat(clock.instant(), rules, fault);
    }

    @Override
    public synchronized RevisionDelta commit() {
        requireOpen();
        return writer.commit(anchors.all(), this::copy);
    }

    @Override
    public TrackedState state() {
        return state;
    }

    @Override
    public synchronized AnchorMetrics metrics() {
        return new AnchorMetrics(
                ingested,
                anchors.created(),
                reinforced,
                reassigned,
                anchors.ended() - anchors.evicted(),
                anchors.evicted(),
                anchors.size(),
                passages.size(),
                passages.comparisons(),
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
            anchors.all().forEach(pool::release);
        }
        anchors.clear();
        pool.close();
        state.close();
    }
}
