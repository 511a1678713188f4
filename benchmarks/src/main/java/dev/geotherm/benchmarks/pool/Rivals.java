package dev.geotherm.benchmarks.pool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pools that are measured, by their names.
 *
 * <p>Ours are {@code NAME}, {@code NAME:plain} (objects that do not store their slot), {@code NAME:lease} and {@code
 * NAME:use}, where NAME is that of any implementation on the class path; a setting is appended as {@code :KEY=VALUE}.
 * Peers are configured as their documentation advises, and filled before the first acquire.
 */
final class Rivals {
    static final List<String> PEERS = List.of(
            "new",
            "commons-pool2",
            "commons-pool2-plain",
            "stormpot",
            "stormpot-never",
            "stormpot-virtual",
            "netty",
            "netty-unguarded",
            "hikari",
            "jetty",
            "jctools",
            "jdk-queue");

    private Rivals() {}

    /** Opens and fills a pool of objects with vectors of the given dimension. */
    static Rival open(String name, int size, int dimension) throws Exception {
        return open(name, size, dimension, Map.of());
    }

    /** Opens a pool; the settings apply to our pools, in addition to the sizes. */
    static Rival open(String name, int size, int dimension, Map<String, String> settings) throws Exception {
        return switch (name) {
            case "nothing" -> new Nothing(dimension);
            case "new" -> new NewObjects(dimension);
            case "commons-pool2" -> new CommonsPool(size, dimension, true);
            case "commons-pool2-plain" -> new CommonsPool(size, dimension, false);
            case "stormpot" -> new Stormpot(size, dimension, true, false);
            case "stormpot-never" -> new Stormpot(size, dimension, false, false);
            case "stormpot-virtual" -> new Stormpot(size, dimension, false, true);
            case "netty" -> new NettyRecycler(dimension, false);
            case "netty-unguarded" -> new NettyRecycler(dimension, true);
            case "hikari" -> new HikariBag(size, dimension);
            case "jetty" -> new JettyPool(size, dimension);
            case "jctools" -> BareQueue.ofJctools(size, dimension);
            case "jdk-queue" -> BareQueue.ofTheJdk(size, dimension);
            default -> ours(name, size, dimension, settings);
        };
    }

    private static Rival ours(String name, int size, int dimension, Map<String, String> settings) {
        String[] parts = name.split(":");
        Map<String, String> all = new HashMap<>(settings);
        String way = "";
        for (String part : List.of(parts).subList(1, parts.length)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                way = part;
            } else {
                all.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return switch (way) {
            case "" -> new GeothermPool(parts[0], size, dimension, true, all);
            case "plain" -> new GeothermPool(parts[0], size, dimension, false, all);
            case "lease" -> new GeothermPool.ByLease(parts[0], size, dimension, all);
            case "use" -> new GeothermPool.ByUse(parts[0], size, dimension, all);
            default ->
                throw new IllegalArgumentException(
                        "no way of use '" + way + "': plain, lease or use, or none for acquire and release");
        };
    }
}
