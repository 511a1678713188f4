package dev.geotherm.commonspool2;

import org.apache.commons.pool2.PooledObjectFactory;

/** A moment at which a {@link GeothermObjectPool} calls {@link PooledObjectFactory#validateObject}. */
public enum Validation {
    /** Right after an object is created; Commons Pool calls it {@code testOnCreate}. */
    ON_CREATE,
    /** Before an object is borrowed, after it is activated; {@code testOnBorrow}. */
    ON_BORROW,
    /** When an object is returned, before it is passivated; {@code testOnReturn}. */
    ON_RETURN
}
