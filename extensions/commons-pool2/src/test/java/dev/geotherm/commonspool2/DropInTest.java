package dev.geotherm.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.Test;

/** Code written against Commons Pool, in which only the line that constructs the pool is changed. */
class DropInTest extends PoolFixture {

    /** Joins words in borrowed buffers. */
    private record Joiner(ObjectPool<StringBuilder> buffers) {
        String join(List<String> words) throws Exception {
            StringBuilder buffer = buffers.borrowObject();
            try {
                words.forEach(word -> buffer.append(word).append(' '));
                return buffer.toString().strip();
            } finally {
                buffers.returnObject(buffer);
            }
        }
    }

    private static final class BufferFactory extends BasePooledObjectFactory<StringBuilder> {
        @Override
        public StringBuilder create() {
            return new StringBuilder();
        }

        @Override
        public PooledObject<StringBuilder> wrap(StringBuilder buffer) {
            return new DefaultPooledObject<>(buffer);
        }

        @Override
        public void passivateObject(PooledObject<StringBuilder> pooled) {
            pooled.getObject().setLength(0);
        }
    }

    /** Repeats a letter, in buffers that begin with it. */
    private record Repeater(KeyedObjectPool<Character, StringBuilder> buffers) {
        String repeat(char letter, int times) throws Exception {
            StringBuilder buffer = buffers.borrowObject(letter);
            try {
                buffer.append(String.valueOf(letter).repeat(times - 1));
                return buffer.toString();
            } finally {
                buffers.returnObject(letter, buffer);
            }
        }
    }

    private static final class LetterFactory extends BaseKeyedPooledObjectFactory<Character, StringBuilder> {
        @Override
        public StringBuilder create(Character letter) {
            return new StringBuilder().append(letter);
        }

        @Override
        public PooledObject<StringBuilder> wrap(StringBuilder buffer) {
            return new DefaultPooledObject<>(buffer);
        }

        @Override
        public void passivateObject(Character letter, PooledObject<StringBuilder> pooled) {
            pooled.getObject().setLength(1);
        }
    }

    @Test
    void pool_isReplacedByChangingItsConstruction() throws Exception {
        assertJoins(new GenericObjectPool<>(new BufferFactory()));
        assertJoins(new GeothermObjectPool<>(closedAtTheEnd(TestPools.failing(8)), "buffers", new BufferFactory()));
    }

    private static void assertJoins(ObjectPool<StringBuilder> pool) throws Exception {
        try (pool) {
            pool.addObjects(2);
            Joiner joiner = new Joiner(pool);
            List<Call<String>> calls = IntStream.range(0, 8)
                    .mapToObj(i -> start(() -> joiner.join(List.of("call", String.valueOf(i)))))
                    .toList();
            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).get()).isEqualTo("call " + i);
            }
            assertThat(pool.getNumActive()).isZero();
            assertThat(pool.getNumIdle()).isBetween(1, 8);
        }
    }

    @Test
    void keyedPool_isReplacedByChangingItsConstruction() throws Exception {
        assertRepeats(new GenericKeyedObjectPool<>(new LetterFactory()));
        assertRepeats(
                new GeothermKeyedObjectPool<>(closedAtTheEnd(TestPools.failing(8)), "letters", new LetterFactory()));
    }

    private static void assertRepeats(KeyedObjectPool<Character, StringBuilder> pool) throws Exception {
        try (pool) {
            Repeater repeater = new Repeater(pool);
            assertThat(repeater.repeat('a', 3)).isEqualTo("aaa");
            assertThat(repeater.repeat('b', 2)).isEqualTo("bb");
            assertThat(repeater.repeat('a', 2)).isEqualTo("aa");
            assertThat(pool.getNumIdle('a')).isEqualTo(1);
            assertThat(pool.getNumIdle()).isEqualTo(2);
        }
    }
}
