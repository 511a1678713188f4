package dev.geotherm.diff;

import java.util.Map;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object in a persistent map: the one place that knows which library's it is.
 *
 * <p>The first change after {@link #settle} copies a path in the map, further ones change it in place.
 */
final class PersistentMembers {
    private static final PersistentMap<String, Object> NONE = ExtensionsKt.persistentHashMapOf();

    private PersistentMap<String, Object> settled;
    private PersistentMap.@Nullable Builder<String, Object> changing;
    private boolean touched;

    private PersistentMembers(PersistentMap<String, Object> settled) {
        this.settled = settled;
    }

    static PersistentMembers none() {
        return new PersistentMembers(NONE);
    }

    /** Returns what starts with the same members and goes its own way; this one must be settled. */
    PersistentMembers copy() {
        return new PersistentMembers(settled);
    }

    int size() {
        return map().size();
    }

    @Nullable
    Object get(String name) {
        return changing == null ? settled.get(name) : changing.get(name);
    }

    void put(String name, Object value) {
        if (changing != null || touched) {
            change().put(name, value);
        } else {
            touched = true;
            settled = settled.put(name, value);
        }
    }

    void remove(String name) {
        if (changing != null || touched) {
            change().remove(name);
        } else {
            touched = true;
            settled = settled.remove(name);
        }
    }

    void settle() {
        if (changing != null) {
            settled = changing.build();
            changing = null;
        }
        touched = false;
    }

    /** Returns the members, in no order that means anything. */
    Iterable<Map.Entry<String, Object>> entries() {
        return map().entrySet();
    }

    private PersistentMap.Builder<String, Object> change() {
        PersistentMap.Builder<String, Object> builder = changing;
        if (builder == null) {
            builder = settled.builder();
            changing = builder;
        }
        return builder;
    }

    private Map<String, Object> map() {
        return changing == null ? settled : changing;
    }
}
