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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The smallest correct anchor store, with an optional fault.
 *
 * <p>Its relation: if there are many passages, one is compared with those of the same signs in the first two numbers. The
 * anchors are computed from scratch after each change.
 */
final class PlainStore implements AnchorStore {
    private static final int FEW = 256;
    private static final double ROUNDING = 1e-6;
    private static final Comparator<PlainPassage> BY_PRIORITY =
            Comparator.comparingInt(PlainPassage::priority).thenComparing(passage -> passage.id);
    private static final Pointer ANCHORS = Pointer.of("anchors");
    private static final Pattern PERSONAL = Pattern.compile(
            "\\S+@\\S+\\.\\w+|\\+\\d[\\d ]{6,}\\d|[A-Z]{2}\\d\\d(?: ?\\d{2,4}){4,}|\\d+\\.\\d+\\.\\d+\\.\\d+");

    private final AnchorStoreSettings rules;
    private final Clock clock;
    private final StoreFault fault;
    private final ObjectPool<PlainAnchor> pool;
    private final TrackedState state;
    /** The passages in the order of arrival; their numbers are their places. */
    private final List<PlainPassage> passages = new ArrayList<>();

    private final Map<String, PlainAnchor> byPassage = new HashMap<>();
    private final TreeMap<AnchorId, PlainAnchor> anchors = new TreeMap<>();
    private final Map<AnchorId, Long> removals = new HashMap<>();
    /** The anchors that passages had before the current operation, as far as it looked at them. */
    private final Map<String, AnchorId> before = new HashMap<>();

    private int dimension = -1;
    private boolean indexed;
    private boolean evicting;
    private PlainAnchor spare;
    private boolean closed;
    private volatile long ingested;
    private long reinforced;
    private long reassigned;
    private long created;
    private long ended;
    private long evicted;
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
        PlainAnchor one = pool.acquire(); // outside of the lock; a chain of changes may need more
        try {
            synchronized (this) {
                spare = one;
                try {
                    result = ingestAlone(fragment, embedding);
                } finally {
                    one = spare;
                    spare = null;
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
        PlainPassage known = passage(passage.id);
        if (known != null
                && fault != StoreFault.REPEATED_PASSAGES_ARE_NEW
                && known.text.equals(kept)
                && known.context.equals(passage.context)
                && Arrays.equals(known.unit, unit)) {
            return new Ingested(byPassage.get(passage.id).id(), false, Map.of());
        }
        boolean counts =
                fault != StoreFault.COUNTS_WHAT_IT_REFUSES && fault != StoreFault.UPDATES_ARE_LOST_BETWEEN_THREADS;
        ingested += counts ? 1 : 0;
        before.clear();
        if (known != null) {
            removeAll(List.of(known.id));
        }
        passages.add(passage);
        connect();
        PlainAnchor anchor = byPassage.get(passage.id);
        reinforced += anchor.leader == passage ? 0 : 1;
        evictSurplus(fault == StoreFault.NEW_ANCHORS_ARE_EVICTED ? null : anchor);
        before.remove(passage.id);
        boolean creates = anchor.leader == passage && known == null;
        return new Ingested(anchor.id(), creates, report());
    }

    private String scrubbed(String text) {
        String result = scrub(text).text();
        scrubbed += result.equals(text) ? 0 : 1;
        return result;
    }

    private PlainPassage passage(String id) {
        return passages.stream()
                .filter(passage -> passage.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    private Map<String, Optional<AnchorId>> report() {
        Map<String, Optional<AnchorId>> moved = moved();
        reassigned += moved.size();
        return fault == StoreFault.REASSIGNED_PASSAGES_ARE_NOT_REPORTED ? Map.of() : moved;
    }

    private Map<String, Optional<AnchorId>> moved() {
        Map<String, Optional<AnchorId>> moved = new HashMap<>();
        before.forEach((passage, id) -> {
            Optional<AnchorId> now = anchorOf(passage);
            if (!now.equals(Optional.of(id))) {
                moved.put(passage, now);
            }
        });
        return moved;
    }

    /** Connects the last passage with those before it, or all if the relation changes, then chooses the leaders. */
    private void connect() {
        boolean index = passages.size() > FEW && fault != StoreFault.COMPARES_EVERY_ANCHOR;
        boolean all = index != indexed;
        indexed = index;
        if (all) {
            passages.forEach(passage -> passage.adjacent.clear());
        }
        int first = all ? 0 : passages.size() - 1;
        for (int i = first; i < passages.size(); i++) {
            for (int j = 0; j < i; j++) {
                connect(passages.get(i), passages.get(j));
            }
        }
        choose(passages.subList(first, passages.size()));
    }

    private void connect(PlainPassage one, PlainPassage other) {
        if (isZero(one.unit) || isZero(other.unit) || (indexed && signs(one.unit) != signs(other.unit))) {
            return;
        }
        comparisons++;
        double threshold = rules.consolidation() + (fault == StoreFault.THRESHOLD_IS_EXCLUDED ? ROUNDING : -ROUNDING);
        if (cosine(one.unit, other.unit) >= threshold) {
            one.adjacent.add(other);
            other.adjacent.add(one);
        }
    }

    private static int signs(float[] unit) {
        return (unit[0] < 0 ? 1 : 0) + (unit[1] < 0 ? 2 : 0);
    }

    /** Removes a passage, which is in no anchor then; the anchors of the others are to be chosen again. */
    private void disconnect(PlainPassage passage) {
        passages.remove(passage);
        passage.adjacent.forEach(other -> other.adjacent.remove(passage));
        PlainAnchor anchor = byPassage.remove(passage.id);
        before.putIfAbsent(passage.id, anchor.id());
        if (anchor.leader == passage) {
            end(anchor);
        }
    }

    private static Set<PlainPassage> reach(Collection<PlainPassage> around) {
        Set<PlainPassage> reached = new LinkedHashSet<>(around);
        Deque<PlainPassage> open = new ArrayDeque<>(around);
        while (!open.isEmpty()) {
            for (PlainPassage next : open.pop().adjacent) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    /** Chooses the leaders in the order of priority, and gives each other passage to the nearest, as far as some reach. */
    private void choose(Collection<PlainPassage> around) {
        List<PlainPassage> ordered = new ArrayList<>(reach(around));
        if (fault == StoreFault.LEADERS_ARE_IN_THE_ORDER_OF_ARRIVAL) {
            ordered.sort(Comparator.comparingInt(passages::indexOf));
        }
        if (fault != StoreFault.LEADERS_ARE_IN_THE_ORDER_OF_ARRIVAL) {
            ordered.sort(BY_PRIORITY);
        }
        ordered.forEach(passage -> passage.leads = false);
        Map<PlainPassage, List<PlainPassage>> groups = new HashMap<>();
        for (PlainPassage passage : ordered) {
            passage.leads = !hasLeader(passage);
            if (passage.leads) {
                groups.put(passage, new ArrayList<>(List.of(passage)));
            }
        }
        for (PlainPassage passage : ordered) {
            if (!passage.leads) {
                groups.get(nearestLeader(passage)).add(passage);
            }
        }
        for (PlainPassage passage : ordered) {
            PlainAnchor anchor = byPassage.get(passage.id);
            if (anchor != null) {
                before.putIfAbsent(passage.id, anchor.id());
            }
            if (anchor != null && anchor.leader == passage && !passage.leads) {
                end(anchor);
            }
        }
        groups.forEach(this::fill);
    }

    private static boolean hasLeader(PlainPassage passage) {
        for (PlainPassage other : passage.adjacent) {
            if (other.leads) {
                return true;
            }
        }
        return false;
    }

    private static PlainPassage nearestLeader(PlainPassage passage) {
        PlainPassage nearest = null;
        for (PlainPassage leader : passage.adjacent) {
            if (leader.leads && (nearest == null || isNearer(leader, nearest, passage))) {
                nearest = leader;
            }
        }
        return nearest;
    }

    private static boolean isNearer(PlainPassage leader, PlainPassage than, PlainPassage passage) {
        double cosine = cosine(leader.unit, passage.unit);
        double other = cosine(than.unit, passage.unit);
        return cosine > other || (cosine == other && BY_PRIORITY.compare(leader, than) < 0);
    }

    private void end(PlainAnchor anchor) {
        ended++;
        anchors.remove(anchor.id());
        anchor.past.clear();
        if (fault == StoreFault.HISTORY_OUTLIVES_EVICTION && evicting) {
            anchor.past.addAll(
                    anchor.copy(clock.instant(), rules, fault).provenance().history());
        }
        if (fault != StoreFault.EVICTED_STAY_OUT_OF_THE_POOL || passage(anchor.leader.id) != null || !evicting) {
            pool.release(anchor);
        }
    }

    private void fill(PlainPassage leader, List<PlainPassage> group) {
        PlainAnchor anchor = anchors.get(leader.anchorId());
        if (anchor == null) {
            created++;
            anchor = spare != null ? spare : pool.acquire();
            spare = null;
            anchor.leader = leader;
            anchor.passages.clear();
            anchor.revision = 0;
            anchors.put(leader.anchorId(), anchor);
        }
        group.sort(Comparator.comparing(passage -> passage.id));
        if (!anchor.passages.equals(group)) {
            anchor.passages.clear();
            anchor.passages.addAll(group);
            anchor.changed = true;
            anchor.moreThanHeat = true;
            anchor.notedHeat = anchor.heat(anchor.lastSeen(), rules, fault);
        }
        for (PlainPassage passage : group) {
            byPassage.put(passage.id, anchor);
        }
    }

    @Override
    public synchronized Map<String, Optional<AnchorId>> remove(Collection<String> ids) {
        requireOpen();
        before.clear();
        removeAll(ids);
        ids.forEach(before::remove);
        return report();
    }

    private void removeAll(Collection<String> ids) {
        List<PlainPassage> around = new ArrayList<>();
        for (String id : ids) {
            PlainPassage passage = passage(id);
            if (passage != null) {
                around.addAll(passage.adjacent);
                disconnect(passage);
            }
        }
        around.retainAll(new HashSet<>(passages));
        choose(around);
        if (indexed && passages.size() <= FEW) {
            connect();
        }
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
                if (!byPassage.get(member.id()).id().equals(member.anchor())) {
                    throw new IllegalArgumentException(member.anchor() + " is not the anchor of " + member.id());
                }
            }
        } catch (IllegalArgumentException invalid) {
            dimension = length;
            removeAll(members.stream().map(Member::id).toList());
            throw invalid;
        }
    }

    private void restore(Member member) {
        if (passage(member.id()) != null) {
            throw new IllegalArgumentException(member.id() + " occurs twice");
        }
        float[] unit = checked(member.embedding());
        dimension = unit.length;
        Instant at = fault == StoreFault.RESTORED_PASSAGES_ARE_YOUNG ? clock.instant() : member.at();
        passages.add(new PlainPassage(member.id(), member.text(), member.metadata(), unit, at));
        connect();
    }

    @Override
    public synchronized Optional<AnchorId> anchorOf(String passage) {
        return Optional.ofNullable(byPassage.get(passage)).map(PlainAnchor::id);
    }

    private Anchor copy(PlainAnchor anchor) {
        return anchor.copy(clock.instant(), rules, fault);
    }

    @Override
    public synchronized Optional<Anchor> find(AnchorId id) {
        return Optional.ofNullable(anchors.get(id)).map(this::copy);
    }

    @Override
    public synchronized List<Similar> nearest(float[] embedding, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        float[] unit = checked(embedding);
        return anchors.values().stream()
                .filter(anchor -> fault == StoreFault.ZEROS_ARE_NEAR || !isZero(unit) && !isZero(anchor.leader.unit))
                .map(anchor -> new Similar(anchor.id(), cosine(anchor.leader.unit, unit)))
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
        return anchors.values().stream().map(this::copy).toList();
    }

    @Override
    public synchronized List<AnchorId> changedSince(long revision) {
        TreeSet<AnchorId> changed = new TreeSet<>();
        anchors.values().stream().filter(a -> a.revision > revision).forEach(a -> changed.add(a.id()));
        if (fault != StoreFault.REMOVALS_ARE_NO_CHANGES) {
            removals.forEach((id, at) -> changed.addAll(at > revision ? List.of(id) : List.of()));
        }
        return List.copyOf(changed);
    }

    @Override
    public synchronized int decay() {
        if (fault != StoreFault.DECAYS_WHEN_CLOSED) {
            requireOpen();
        }
        int count = 0;
        for (PlainAnchor anchor : anchors.values()) {
            double heat = anchor.heat(clock.instant(), rules, fault);
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
        before.clear();
        List<AnchorId> gone = new ArrayList<>();
        for (PlainAnchor anchor = expired(); anchor != null; anchor = expired()) {
            gone.add(anchor.id());
            evict(anchor);
        }
        boolean reports = fault != StoreFault.EVICTED_PASSAGES_ARE_NOT_REPORTED;
        return new Evicted(gone.stream().sorted().toList(), reports ? moved() : Map.of());
    }

    private PlainAnchor expired() {
        Instant now = clock.instant();
        return anchors.values().stream()
                .filter(anchor -> isOld(anchor, now) || anchor.heat(now, rules, fault) < rules.evictionHeat())
                .findFirst()
                .orElse(null);
    }

    private void evictSurplus(PlainAnchor except) {
        Instant now = clock.instant();
        while (rules.maxAnchors() > 0 && anchors.size() > rules.maxAnchors()) {
            evict(anchors.values().stream()
                    .filter(anchor -> anchor != except)
                    .min(Comparator.comparingDouble((PlainAnchor anchor) -> anchor.heat(now, rules, fault))
                            .thenComparing(PlainAnchor::firstSeen))
                    .orElseThrow());
        }
    }

    private void evict(PlainAnchor anchor) {
        evicted++;
        evicting = true;
        removeAll(anchor.passages.stream().map(passage -> passage.id).toList());
        evicting = false;
    }

    private boolean isOld(PlainAnchor anchor, Instant now) {
        Instant since = fault == StoreFault.AGE_IS_THAT_OF_THE_LAST_SEEN ? anchor.lastSeen() : anchor.firstSeen();
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
        left.removeIf(anchor -> isZero(anchor.leader.unit));
        List<Cluster> clusters = new ArrayList<>();
        while (!left.isEmpty()) {
            List<PlainAnchor> group = groupOf(left.remove(0), left, similarity);
            if (group.size() > 1) {
                clusters.add(
                        new Cluster(group.stream().map(PlainAnchor::id).sorted().toList(), mean(group, this::heat)));
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
                        .filter(other -> cosine(anchor.leader.unit, other.leader.unit) >= similarity)
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
        double age = mean(all, a -> Duration.between(a.firstSeen(), now).toNanos());
        double churn = created == 0 ? 0 : (double) evicted / created;
        double drift = mean(all, a -> a.drift(fault));
        return new Stability(all.size(), Duration.ofNanos((long) age), mean(all, this::heat), drift, churn);
    }

    private double heat(PlainAnchor anchor) {
        return anchor.heat(clock.instant(), rules, fault);
    }

    @Override
    public synchronized RevisionDelta commit() {
        requireOpen();
        List<AnchorId> gone = new ArrayList<>();
        RevisionDelta delta = state.edit(editor -> {
            editor.get(ANCHORS).fieldNames().forEachRemaining(id -> gone.add(new AnchorId(id)));
            gone.removeAll(anchors.keySet());
            gone.forEach(id -> editor.remove(ANCHORS.child(id.value())));
            anchors.values().stream().filter(anchor -> anchor.changed).forEach(anchor -> write(anchor, editor));
        });
        gone.forEach(id -> removals.put(id, delta.revision()));
        for (PlainAnchor anchor : anchors.values()) {
            anchor.revision = anchor.moreThanHeat ? delta.revision() : anchor.revision;
            anchor.changed = false;
            anchor.moreThanHeat = false;
        }
        return delta;
    }

    private void write(PlainAnchor anchor, StateEditor editor) {
        Pointer path = ANCHORS.child(anchor.id().value());
        ObjectNode json = PlainAnchor.json(copy(anchor));
        json.put("heat", anchor.notedHeat);
        if (editor.get(path) == null || fault == StoreFault.COMMIT_REPLACES_ALL) {
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
                reinforced,
                reassigned,
                ended - evicted,
                evicted,
                anchors.size(),
                passages.size(),
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
