package dev.geotherm.api.pool;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link ObjectPools}.
 *
 * @param <S> the settings record
 */
public interface ObjectPoolsFactory<S extends Record> extends ComponentFactory<S, ObjectPools> {}
