package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.PipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A reference implementation of duplicate detection by linear search. Guarded by its pipeline. */
final class ReferenceDuplicates<T> {
    private final PipelineSpec<T> spec;
    private final Flaw flaw;
    private final List<First<T>> firsts = new ArrayList<>();

    /** A fragment that later ones may duplicate. */
    static final class First<T> {
        final Fragment<T> fragment;
        final long since = System.nanoTime();
        CompletableFuture<Outcome> outcome;
        boolean accepted;

        First(Fragment<T> fragment) {
            this.fragment = fragment;
        }
    }

    ReferenceDuplicates(PipelineSpec<T> spec, Flaw flaw) {
        this.spec = spec;
        this.flaw = flaw;
    }

    /** Returns the fragment that another one duplicates, or null. */
    First<T> find(Fragment<T> fragment) {
        if (spec.duplicates().isEmpty() || flaw == Flaw.KEEPS_DUPLICATES) {
            return null;
        }
        long window = spec.duplicates().get().window().toNanos();
        firsts.removeIf(first -> first.accepted
                && (System.nanoTime() - first.since >= window && flaw != Flaw.DROPS_AFTER_THE_WINDOW
                        || hasFailed(first) && flaw != Flaw.DROPS_WHAT_FAILED));
        return firsts.stream()
                .filter(first -> first.fragment.id().equals(fragment.id()))
                .filter(first -> first.fragment.content().equals(fragment.content()) || flaw == Flaw.DROPS_UPDATES)
                .findFirst()
                .orElse(null);
    }

    private static boolean hasFailed(First<?> first) {
        return first.outcome.isDone() && !(first.outcome.join() instanceof Outcome.Processed);
    }

    First<T> add(Fragment<T> fragment) {
        First<T> first = new First<>(fragment);
        firsts.add(first);
        int most = spec.duplicates().map(PipelineSpec.Duplicates::remembered).orElse(0);
        if (firsts.size() > most && flaw != Flaw.REMEMBERS_EVERYTHING) {
            firsts.remove(0);
        }
        return first;
    }

    void refused(First<T> first) {
        firsts.remove(first);
    }
}
