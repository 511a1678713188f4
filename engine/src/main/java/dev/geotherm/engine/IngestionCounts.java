package dev.geotherm.engine;

import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger.Classification;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The counts of an ingestion so far, updated by its thread and read by display threads. */
final class IngestionCounts {
    private final String phase;
    private final long total;
    private final StageTimes times;
    private final long start = System.nanoTime();
    private final ProgressRate rate = new ProgressRate(start);
    private final ContentHash fingerprint = new ContentHash();
    private final AtomicLong documents = new AtomicLong();
    private final AtomicLong empty = new AtomicLong();
    private final AtomicLong settled = new AtomicLong();
    private final Map<Classification, AtomicLong> classified = new LinkedHashMap<>();
    private final AtomicLong chunks = new AtomicLong();
    private final AtomicLong reused = new AtomicLong();
    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong dead = new AtomicLong();

    IngestionCounts(String phase, long total, StageTimes times) {
        this.phase = phase;
        this.total = total;
        this.times = times;
        for (Classification each : Classification.values()) {
            classified.put(each, new AtomicLong());
        }
    }

    void read(Document document, Hash128 content, Classification classification) {
        documents.incrementAndGet();
        empty.addAndGet(document.isEmpty() ? 1 : 0);
        count(classification).incrementAndGet();
        fingerprint.add(document.id()).add(content.hex());
    }

    private AtomicLong count(Classification classification) {
        return classified.getOrDefault(classification, new AtomicLong());
    }

    void settled() {
        settled.incrementAndGet();
    }

    long done() {
        return settled.get();
    }

    void split(long size, long notEmbedded) {
        chunks.addAndGet(size);
        reused.addAndGet(notEmbedded);
    }

    void removed(long count) {
        removed.addAndGet(count);
    }

    long removed() {
        return removed.get();
    }

    void dead() {
        dead.incrementAndGet();
    }

    long documents() {
        return documents.get();
    }

    Progress.Step step() {
        return step("", "");
    }

    /** Returns the progress, with the cause of a delay and the fill of the queue, in order of importance. */
    Progress.Step step(String obstacle, String queue) {
        long done = settled.get();
        rate.add(System.nanoTime(), done);
        String details = Stream.of(obstacle, rate.left(total), queue)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return new Progress.Step(phase, "documents", done, total, rate.perSecond(), details);
    }

    IngestionPlan plan(long missing, EmbeddingCost cost) {
        return new IngestionPlan(
                documents.get(),
                count(Classification.NEW).get(),
                count(Classification.CHANGED).get(),
                count(Classification.UNCHANGED).get(),
                missing,
                cost.texts(),
                cost.characters(),
                cost.tokens());
    }

    /** Returns the result; call it once. */
    IngestionResult result() {
        return new IngestionResult(
                documents.get(),
                empty.get(),
                count(Classification.NEW).get(),
                count(Classification.CHANGED).get(),
                count(Classification.UNCHANGED).get(),
                removed.get(),
                chunks.get(),
                reused.get(),
                dead.get(),
                fingerprint.hex(),
                Duration.ofNanos(System.nanoTime() - start),
                times.report(chunks.get()));
    }
}
