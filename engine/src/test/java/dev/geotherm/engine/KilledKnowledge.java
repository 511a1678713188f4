package dev.geotherm.engine;

import dev.geotherm.engine.corpus.Document;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A process that changes a knowledge step after step, and reports each step that is complete, until it is killed. */
final class KilledKnowledge {
    private static final List<String> SOURCES = List.of("a", "b");

    private KilledKnowledge() {}

    public static void main(String[] arguments) throws Exception {
        int first = Integer.parseInt(arguments[2]);
        try (Platform platform = TestPlatform.start(Path.of(arguments[1]));
                Knowledge knowledge = Knowledge.open(platform, Path.of(arguments[0]), often())) {
            System.out.println("step " + (first - 1));
            for (int step = first; step < first + 100; step++) {
                run(knowledge, step);
                System.out.println("step " + step);
            }
        }
    }

    /** Returns settings with which an ingestion commits several times. */
    private static EngineSettings often() {
        EngineSettings defaults = EngineSettings.defaults();
        return new EngineSettings(
                defaults.anchorInterval(), defaults.refreshInterval(), defaults.commitInterval(), 7, 2_000, 0, 0);
    }

    /** Runs a step: every sixth one compacts, the others ingest a source anew. */
    static void run(Knowledge knowledge, int step) throws InterruptedException {
        if (isCompaction(step)) {
            knowledge.compact();
        } else {
            knowledge.ingest(corpus(step), Progress.none(), Cancellation.never());
        }
    }

    private static boolean isCompaction(int step) {
        return step % 6 == 5;
    }

    /** Returns the corpus of a step: some documents are missing, some are changed, and the second source is empty at times. */
    private static ListCorpus corpus(int step) {
        Random random = new Random(step);
        List<Document> documents = new ArrayList<>();
        List<Document> words = ListCorpus.random(40, 0, step % 3).list();
        int count = step % 8 == 3 ? 0 : 40;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(5) > 0) {
                String text = words.get(i).text();
                documents.add(ListCorpus.document("d" + i, i % 4 == 0 ? (text + ". ").repeat(40) : text));
            }
        }
        return ListCorpus.of(documents.toArray(new Document[0])).named(SOURCES.get(step % SOURCES.size()));
    }

    /** Returns the documents that are there after a step, by source and id. */
    static Map<String, Document> documents(int step) {
        Map<String, Document> all = new HashMap<>();
        for (String source : SOURCES) {
            for (int last = step; last >= 0; last--) {
                if (!isCompaction(last) && SOURCES.get(last % SOURCES.size()).equals(source)) {
                    corpus(last).list().forEach(each -> all.put(source + "/" + each.id(), each));
                    break;
                }
            }
        }
        return all;
    }
}
