package dev.geotherm.engine;

import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;

/** A process that rebuilds or compacts a knowledge until it is killed. */
final class KilledMaintenance {
    static final String READY = "ready";

    private KilledMaintenance() {}

    /** Arguments: the folder of the knowledge, a work folder, the dimension of the embedder, {@code rebuild} or {@code compact}. */
    public static void main(String[] arguments) throws Exception {
        try (Platform platform = start(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
                Knowledge knowledge = Knowledge.open(platform, Path.of(arguments[0]))) {
            System.out.println(READY);
            if (arguments[3].equals("rebuild")) {
                rebuild(knowledge);
            }
            while (true) { // until it is killed
                knowledge.compact();
            }
        }
    }

    static Platform start(Path work, int dimension) {
        return TestPlatform.start(work, "embedding.dimension=" + dimension);
    }

    /** Ingests one of the sources with a rebuild, which copies the other one. */
    static void rebuild(Knowledge knowledge) throws InterruptedException {
        ListCorpus corpus = corpus("a");
        knowledge.ingest(corpus, IngestOptions.of(corpus).rebuilding(), Progress.none(), Cancellation.never());
    }

    static ListCorpus corpus(String source) {
        return ListCorpus.random(150, 0, source.charAt(0)).named(source);
    }
}
