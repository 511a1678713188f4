package consumer;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.pool.slab.SlabPools;
import dev.geotherm.pool.slab.SlabPoolsSettings;
import dev.geotherm.pool.striped.StripedPools;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import java.util.Map;

/** A consumer of object pools alone. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        StripedPoolsSettings settings =
                Settings.of(StripedPoolsSettings.class, Map.of("maxSize", "8", "initialSize", "1"));
        try (ObjectPools pools = new StripedPools(settings, ComponentContext.standalone("buffers"))) {
            reuse(pools);
        }
        try (ObjectPools pools =
                new SlabPools(Settings.defaults(SlabPoolsSettings.class), ComponentContext.standalone("vectors"))) {
            reuse(pools);
        }
        System.out.println("ok");
    }

    private static void reuse(ObjectPools pools) {
        try (ObjectPool<StringBuilder> builders = pools.open("builders", new Builders())) {
            for (int i = 0; i < 100; i++) {
                try (Lease<StringBuilder> lease = builders.lease()) {
                    lease.get().append(i);
                }
            }
            if (builders.metrics().created() > 50) {
                throw new IllegalStateException("nothing was reused: " + builders.metrics());
            }
        }
    }

    private static final class Builders implements Allocator<StringBuilder> {
        @Override
        public StringBuilder allocate() {
            return new StringBuilder(4096);
        }

        @Override
        public void reset(StringBuilder builder) {
            builder.setLength(0);
        }
    }
}
