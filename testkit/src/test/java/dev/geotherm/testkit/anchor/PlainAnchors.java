package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.pool.ObjectPool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The anchors of a {@link PlainStore}, guarded by it: begun, filled and ended as its passages come and go. */
final class PlainAnchors {
    private final AnchorStoreSettings rules;
    private final Clock clock;
    private final StoreFault fault;
    private final ObjectPool<PlainAnchor> pool;
    private final PlainPassages passages;
    private final Map<String, PlainAnchor> byPassage = new HashMap<>();
    private final TreeMap<AnchorId, PlainAnchor> byId = new TreeMap<>();
    /** The anchors that passages had before the current operation, as far as it visited them. */
    private final Map<String, AnchorId> before = new HashMap<>();

    /** An acquired anchor for the current operation, or null. */
    PlainAnchor spare;

    private boolean evicting;
    private long created;
    private long ended;
    private long evicted;

    PlainAnchors(
            AnchorStoreSettings rules,
            Clock clock,
            StoreFault fault,
            ObjectPool<PlainAnchor> pool,
            PlainPassages passages) {
        this.rules = rules;
        this.clock = clock;
        this.fault = fault;
        this.pool = pool;
        this.passages = passages;
    }

    long created() {
        return created;
    }

    long ended() {
        return ended;
    }

    long evicted() {
        return evicted;
    }

    int size() {
        return byId.size();
    }

    /** Returns all anchors, ordered by id. */
    Collection<PlainAnchor> all() {
        return byId.values();
    }

    void clear() {
        byId.clear();
    }

    /** Returns an anchor, or null. */
    PlainAnchor find(AnchorId id) {
        return byId.get(id);
    }

    /** Returns the anchor of a passage, or null. */
    PlainAnchor of(String passage) {
        return byPassage.get(passage);
    }

    /** Starts an operation. */
    void forgetMoves() {
        before.clear();
    }

    void add(PlainPassage passage) {
        passages.add(passage);
        connect();
    }

    /** Returns the passages with another anchor than before the operation. */
    Map<String, Optional<AnchorId>> moved(Collection<String> except) {
        Map<String, Optional<AnchorId>> moved = new HashMap<>();
        before.forEach((passage, id) -> {
            Optional<AnchorId> now = Optional.ofNullable(of(passage)).map(PlainAnchor::id);
            if (!except.contains(passage) && !now.equals(Optional.of(id))) {
                moved.put(passage, now);
            }
        });
        return moved;
    }

    private void connect() {
        choose(passages.connect());
    }

    /** Removes a passage, which is in no anchor then; the anchors of the others are to be chosen again. */
    private void disconnect(PlainPassage passage) {
        passages.remove(passage);
        PlainAnchor anchor = byPassage.remove(passage.id);
        before.putIfAbsent(passage.id, anchor.id());
        if (anchor.leader == passage) {
            end(anchor);
        }
    }

    /** Chooses the leaders again, as far as some passages reach, and fills their anchors. */
    private void choose(Collection<PlainPassage> around) {
        Map<PlainPassage, List<PlainPassage>> groups = passages.groups(around);
        for (PlainPassage passage :
                groups.values().stream().flatMap(List::stream).toList()) {
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

    private void end(PlainAnchor anchor) {
        ended++;
        byId.remove(anchor.id());
        anchor.past.clear();
        if (fault == StoreFault.HISTORY_OUTLIVES_EVICTION && evicting) {
            anchor.past.addAll(
                    anchor.copy(clock.instant(), rules, fault).provenance().history());
        }
        if (fault != StoreFault.EVICTED_STAY_OUT_OF_THE_POOL || passages.find(anchor.leader.id) != null || !evicting) {
            pool.release(anchor);
        }
    }

    private void fill(PlainPassage leader, List<PlainPassage> group) {
        PlainAnchor anchor = byId.get(leader.anchorId());
        if (anchor == null) {
            created++;
            anchor = spare != null ? spare : pool.acquire();
            spare = null;
            anchor.leader = leader;
            anchor.passages.clear();
            anchor.revision = 0;
            byId.put(leader.anchorId(), anchor);
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

    void removeAll(Collection<String> ids) {
        List<PlainPassage> around = new ArrayList<>();
        for (String id : ids) {
            PlainPassage passage = passages.find(id);
            if (passage != null) {
                around.addAll(passage.adjacent);
                disconnect(passage);
            }
        }
        around.removeIf(passage -> passages.find(passage.id) != passage);
        choose(around);
        if (passages.mustConnectAll()) {
            connect();
        }
    }

    PlainAnchor expired() {
        Instant now = clock.instant();
        return byId.values().stream()
                .filter(anchor -> isOld(anchor, now) || anchor.heat(now, rules, fault) < rules.evictionHeat())
                .findFirst()
                .orElse(null);
    }

    void evictSurplus(PlainAnchor except) {
        Instant now = clock.instant();
        while (rules.maxAnchors() > 0 && byId.size() > rules.maxAnchors()) {
            evict(byId.values().stream()
                    .filter(anchor -> anchor != except)
                    .min(Comparator.comparingDouble((PlainAnchor anchor) -> anchor.heat(now, rules, fault))
                            .thenComparing(PlainAnchor::firstSeen))
                    .orElseThrow());
        }
    }

    void evict(PlainAnchor anchor) {
        evicted++;
        evicting = true;
        removeAll(anchor.passages.stream().map(passage -> passage.id).toList());
        evicting = false;
    }

    private boolean isOld(PlainAnchor anchor, Instant now) {
        Instant since = fault == StoreFault.AGE_IS_THAT_OF_THE_LAST_SEEN ? anchor.lastSeen() : anchor.firstSeen();
        return since.plus(rules.maxAge()).isBefore(now);
    }
}
