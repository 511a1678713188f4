package dev.geotherm.benchmarks.streaming;

/** The pipelines and queues by name. */
final class Rivals {
    private Rivals() {}

    static Rival open(String name, int capacity, Sink sink) {
        return switch (name) {
            case "geotherm", "geotherm-priorities" -> new PipelineRival(capacity, sink);
            case "abq" -> QueueRival.arrayBlockingQueue(capacity, sink);
            case "pbq" -> QueueRival.priorityBlockingQueue(capacity, sink);
            case "mpsc" -> new RingRival(capacity, sink);
            case "reactor" -> new ReactorRival(capacity, sink);
            case "pekko" -> new PekkoRival(capacity, sink);
            default -> throw new IllegalArgumentException("no pipeline or queue is named " + name);
        };
    }

    /** Returns whether the records have five priorities. */
    static boolean hasPriorities(String name) {
        return name.equals("geotherm-priorities") || name.equals("pbq");
    }
}
