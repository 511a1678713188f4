package dev.geotherm.api.pool;

import dev.geotherm.api.ComponentFactory;

/**
 * The factory of an {@link ObjectPools} implementation.
 *
 * @param <S> the settings record
 */
public interface ObjectPoolsFactory<S extends Record> extends ComponentFactory<S, ObjectPools> {}
