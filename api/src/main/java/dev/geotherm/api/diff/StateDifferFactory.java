package dev.geotherm.api.diff;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link StateDiffer}s.
 *
 * @param <S> the settings record
 */
public interface StateDifferFactory<S extends Record> extends ComponentFactory<S, StateDiffer> {}
