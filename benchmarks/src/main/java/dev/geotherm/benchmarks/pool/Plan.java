package dev.geotherm.benchmarks.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The cells to measure: all of them, or those that the goals need. */
final class Plan {
    static final List<Integer> THREADS = List.of(1, 2, 4, 8);

    /** A suffix for the name of our pool: the same without sampled stack traces. */
    static final String UNSAMPLED = ":leakSampling=0";

    private static final List<Integer> DIMENSIONS = List.of(0, 16, 64, 256, 1536, 4096);

    private final String ours;
    private final boolean full;

    Plan(String ours, boolean full) {
        this.ours = ours;
        this.full = full;
    }

    static String loop(String collector, int inFlight) {
        return "loop " + collector + " " + inFlight;
    }

    List<Cell> throughput() {
        List<Cell> cells = new ArrayList<>();
        for (int threads : THREADS) {
            bare(threads).forEach(pool -> cells.add(Cell.bare(pool, threads)));
        }
        for (int threads : THREADS) {
            copied(threads).forEach(pool -> cells.add(Cell.copy(pool, threads)));
        }
        return cells;
    }

    private List<String> bare(int threads) {
        if (full) {
            return everybody();
        }
        return switch (threads) {
            case 1 ->
                List.of(
                        "new",
                        "commons-pool2",
                        "commons-pool2-plain",
                        "stormpot",
                        "stormpot-never",
                        "netty",
                        ours,
                        ours + UNSAMPLED,
                        ours + ":plain",
                        ours + ":lease",
                        ours + ":use");
            case 2 -> List.of(ours);
            case 4 -> List.of();
            default -> List.of("new", "commons-pool2", "stormpot-never", "netty", ours);
        };
    }

    private List<String> copied(int threads) {
        if (full) {
            return everybody();
        }
        return threads == 1 || threads == 8 ? List.of("new", "commons-pool2", "stormpot-never", ours) : List.of();
    }

    private List<String> everybody() {
        Stream<String> peers = Rivals.PEERS.stream()
                .filter(peer ->
                        !peer.equals("stormpot-virtual") || Runtime.version().feature() >= 21);
        Stream<String> own =
                Stream.of("", UNSAMPLED, ":plain", ":lease", ":use").map(way -> ours + way);
        return Stream.concat(peers, own).toList();
    }

    List<Cell> sizes() {
        List<String> pools = full ? List.of("new", "stormpot-never", ours, ours + ":lease") : List.of("new", ours);
        return DIMENSIONS.stream()
                .flatMap(dimension -> pools.stream().map(pool -> Cell.size(pool, dimension)))
                .toList();
    }

    List<Cell> virtualThreads() {
        List<String> free = full
                ? List.of(
                        "nothing",
                        "new",
                        "commons-pool2",
                        "stormpot-virtual",
                        "stormpot-never",
                        "hikari",
                        "jctools",
                        ours,
                        ours + ":lease")
                : List.of("nothing", "new", "stormpot-virtual", ours);
        List<String> starved = full
                ? List.of("nothing", "commons-pool2", "stormpot-virtual", "hikari", ours)
                : List.of("commons-pool2", ours);
        return Stream.concat(free.stream().map(Cell::virtual), starved.stream().map(Cell::starved))
                .toList();
    }

    List<String> collectors() {
        return full && Runtime.version().feature() >= 25 ? List.of("G1", "Z") : List.of("G1");
    }

    List<String> loopPools() {
        return full ? List.of("new", "commons-pool2", "stormpot-never", ours) : List.of("new", ours);
    }

    List<Integer> inFlight() {
        return List.of(1, 4000);
    }
}
