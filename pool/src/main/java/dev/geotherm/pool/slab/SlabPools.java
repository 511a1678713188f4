package dev.geotherm.pool.slab;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.DataSize;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolsMetrics;
import dev.geotherm.pool.slab.memory.NativeMemory;
import dev.geotherm.pool.striped.StripedPools;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import dev.geotherm.pool.vector.VectorAllocator;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Object pools that keep vectors in large blocks of native memory. A pool opened with a {@link VectorAllocator} lends
 * vectors that native code can read and write in place.
 *
 * <p>The pools themselves, including those of other objects, are {@link StripedPools}. A block is freed as soon as it
 * contains no vectors: when demand falls, under memory pressure, or when the last vector in use of a closed pool is
 * released. One empty block is kept while another one of its pool is in use. Memory is never freed while a borrower
 * uses it; the memory of a leaked vector is freed once no buffer over it is reachable.
 *
 * <p>On JDK 22 and newer, memory comes from the foreign memory API, and access through a buffer is refused once its
 * memory is freed. On older JDKs it comes from direct buffers, and such a buffer must not be used. Direct buffers count
 * against {@code -XX:MaxDirectMemorySize}; memory of the newer API may not, so rely on {@code memoryLimit} as the
 * bound. If no memory is left, {@code acquire} throws an {@link dev.geotherm.api.pool.AllocationException} that says
 * so.
 */
public final class SlabPools implements ObjectPools, Reconfigurable<SlabPoolsSettings> {
    private final ComponentContext context;
    private final StripedPools pools;
    private final NativeMemory memory = NativeMemory.ofThisJdk();
    private final MemoryBudget budget = new MemoryBudget(() -> this.settings.memoryLimit());

    /** The allocators of the pools refer strongly to the slabs. Guarded by itself. */
    private final Map<Slab, Boolean> slabs = new WeakHashMap<>();

    private volatile SlabPoolsSettings settings;

    /** Creates the component; without a platform, use {@link ComponentContext#standalone}. */
    public SlabPools(SlabPoolsSettings settings, ComponentContext context) {
        this.settings = requireNonNull(settings, "settings");
        this.context = requireNonNull(context, "context");
        this.pools = new StripedPools(settings.pools(), new SlabContext(context, this::poolSettings));
    }

    @Override
    @SuppressWarnings("unchecked") // a vector allocator is an Allocator of T, so T is FloatVector
    public <T> ObjectPool<T> open(String name, Allocator<T> allocator) {
        return allocator instanceof VectorAllocator vectors
                ? (ObjectPool<T>) pools.open(name, new SlabAllocator(vectors, newSlab(name, vectors)))
                : pools.open(name, allocator);
    }

    private Slab newSlab(String name, VectorAllocator vectors) {
        DataSize blockSize =
                context.settings(requireNonNull(name, "name"), settings).blockSize();
        Slab slab = new Slab(vectors, blockSize, memory, budget);
        synchronized (slabs) {
            slabs.put(slab, true);
        }
        return slab;
    }

    private StripedPoolsSettings poolSettings(String name, StripedPoolsSettings component) {
        SlabPoolsSettings inForce = settings;
        return context.settings(name, new SlabPoolsSettings(component, inForce.blockSize(), inForce.memoryLimit()))
                .pools();
    }

    /** Returns the native memory of all pools in bytes. */
    public long nativeBytes() {
        return budget.taken();
    }

    @Override
    public int trim() {
        int count = pools.trim();
        synchronized (slabs) {
            slabs.keySet().forEach(Slab::trim);
        }
        return count;
    }

    @Override
    public void reconfigure(SlabPoolsSettings newSettings) {
        SlabPoolsSettings before = settings;
        settings = requireNonNull(newSettings, "settings");
        try {
            pools.reconfigure(newSettings.pools());
        } catch (RuntimeException refused) {
            settings = before;
            throw refused;
        }
    }

    @Override
    public PoolsMetrics metrics() {
        return pools.metrics();
    }

    @Override
    public void close() {
        pools.close();
    }
}
