package dev.geotherm.diff;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object: up to eight in an array, which is copied whole, more in a persistent map; the one place that
 * knows which library's it is.
 *
 * <p>The first change after {@link #settle} copies, further ones change the copy in place.
 */
final class PersistentMembers {
    private static final int FEW = 8;
    private static final Object[] NO_MEMBERS = {};

    /** Names and values in turn, or null once there are more than a few. */
    private Object @Nullable [] few = NO_MEMBERS;

    private PersistentMap<String, Object> many = ExtensionsKt.persistentHashMapOf();
    private PersistentMap.@Nullable Builder<String, Object> changing;
    private boolean copied;

    /** Returns what starts with the same members and goes its own way; this one must be settled. */
    PersistentMembers copy() {
        PersistentMembers copy = new PersistentMembers();
        copy.few = few;
        copy.many = many;
        return copy;
    }

    int size() {
        return few != null ? few.length / 2 : map().size();
    }

    @Nullable
    Object get(String name) {
        if (few != null) {
            int at = indexOf(few, name);
            return at < 0 ? null : few[at + 1];
        }
        return changing == null ? many.get(name) : changing.get(name);
    }

    void put(String name, Object value) {
        if (few != null) {
            putIntoFew(few, name, value);
        } else if (changing != null || copied) {
            change().put(name, value);
        } else {
            copied = true;
            many = many.put(name, value);
        }
    }

    private void putIntoFew(Object[] all, String name, Object value) {
        int at = indexOf(all, name);
        if (at >= 0) {
            Object[] mine = copied ? all : all.clone();
            mine[at + 1] = value;
            few = mine;
        } else if (all.length < 2 * FEW) {
            Object[] more = Arrays.copyOf(all, all.length + 2);
            more[all.length] = name;
            more[all.length + 1] = value;
            few = more;
        } else {
            few = null;
            for (int i = 0; i < all.length; i += 2) {
                change().put((String) all[i], all[i + 1]);
            }
            change().put(name, value);
        }
        copied = true;
    }

    /** Takes out a member that is there. */
    void remove(String name) {
        if (few != null) {
            int at = indexOf(few, name);
            Object[] fewer = new Object[few.length - 2];
            System.arraycopy(few, 0, fewer, 0, at);
            System.arraycopy(few, at + 2, fewer, at, fewer.length - at);
            few = fewer;
            copied = true;
        } else if (changing != null || copied) {
            change().remove(name);
        } else {
            copied = true;
            many = many.remove(name);
        }
    }

    void settle() {
        if (changing != null) {
            many = changing.build();
            changing = null;
        }
        copied = false;
    }

    /** Calls the action with each member, in no order that means anything. */
    void forEach(BiConsumer<String, Object> action) {
        if (few != null) {
            for (int i = 0; i < few.length; i += 2) {
                action.accept((String) few[i], few[i + 1]);
            }
        } else {
            map().forEach(action);
        }
    }

    private static int indexOf(Object[] all, String name) {
        for (int i = 0; i < all.length; i += 2) {
            if (name.equals(all[i])) {
                return i;
            }
        }
        return -1;
    }

    private PersistentMap.Builder<String, Object> change() {
        PersistentMap.Builder<String, Object> builder = changing;
        if (builder == null) {
            builder = many.builder();
            changing = builder;
        }
        return builder;
    }

    private Map<String, Object> map() {
        return changing == null ? many : changing;
    }
}
