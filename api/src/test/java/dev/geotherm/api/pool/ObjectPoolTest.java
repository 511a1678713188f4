package dev.geotherm.api.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** The default methods: their contract is the calls that they make. */
final class ObjectPoolTest {
    private final StringBuilder object = new StringBuilder("object");

    @SuppressWarnings("unchecked")
    private final ObjectPool<StringBuilder> pool = mock(ObjectPool.class, CALLS_REAL_METHODS);

    @BeforeEach
    void acquireReturns() {
        doReturn(object).when(pool).acquire();
    }

    @Test
    void use_releasesOnceAndReturnsTheResult() {
        assertThat(pool.<Integer>use(StringBuilder::length)).isEqualTo(6);
        InOrder order = inOrder(pool);
        order.verify(pool).acquire();
        order.verify(pool).release(object);
    }

    @Test
    void run_releasesWhenTheConsumerFails() {
        assertThatThrownBy(() -> pool.run(held -> {
                    throw new IllegalArgumentException("planted");
                }))
                .hasMessage("planted");
        verify(pool).release(object);
    }

    @Test
    void use_afterFailedAcquireReleasesNothing() {
        doThrow(new PoolExhaustedException("planted")).when(pool).acquire();
        assertThatThrownBy(() -> pool.run(held -> {})).hasMessage("planted");
        assertThatThrownBy(() -> pool.use(held -> held)).hasMessage("planted");
        verify(pool, never()).release(object);
    }
}
