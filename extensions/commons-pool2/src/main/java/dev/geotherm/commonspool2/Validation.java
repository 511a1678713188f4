package dev.geotherm.commonspool2;

import org.apache.commons.pool2.PooledObjectFactory;

/** A moment at which a {@link GeothermObjectPool} calls {@link PooledObjectFactory#validateObject}. */
public enum Validation {
    /** Directly after an object is created; Commons Pool's {@code testOnCreate}. */
    ON_CREATE,
    /** Before an object is borrowed, after its activation; Commons Pool's {@code testOnBorrow}. */
    ON_BORROW,
    /** When an object is returned, before its passivation; Commons Pool's {@code testOnReturn}. */
    ON_RETURN
}
