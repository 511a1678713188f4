package dev.geotherm.commonspool2;

import org.apache.commons.pool2.PooledObjectFactory;

/** A moment at which a {@link GeothermObjectPool} calls {@link PooledObjectFactory#validateObject}. */
public enum Validation {
    /** Right after an object was made; Commons Pool calls it {@code testOnCreate}. */
    ON_CREATE,
    /** Before an object is handed out, after it was activated; {@code testOnBorrow}. */
    ON_BORROW,
    /** When an object is returned, before it is passivated; {@code testOnReturn}. */
    ON_RETURN
}
