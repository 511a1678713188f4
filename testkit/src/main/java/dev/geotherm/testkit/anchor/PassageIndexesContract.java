package dev.geotherm.testkit.anchor;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.PassageIndexes;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every {@link PassageIndexes} component, its indexes and their retrievers, as JUnit tests grouped by
 * operation.
 *
 * <p>To test an implementation, extend this class and create the component:
 *
 * <pre>{@code
 * final class MyIndexesTest extends PassageIndexesContract {
 *     @Override
 *     protected PassageIndexes open(ComponentContext context) {
 *         return new MyIndexes(context);
 *     }
 * }
 * }</pre>
 */
public abstract class PassageIndexesContract {
    private final PassageIndexFixture fixture = new PassageIndexFixture(this);

    /** Constructor for subclasses. */
    protected PassageIndexesContract() {}

    /** Returns a new component, always with the same settings. The contract closes it. */
    protected abstract PassageIndexes open(ComponentContext context);

    @BeforeEach
    final void openIndex(@TempDir Path folder) {
        fixture.open(folder);
    }

    @AfterEach
    final void closeIndexes() {
        fixture.close();
    }

    @Nested
    final class Lexical extends RetrieverLexicalClauses {
        Lexical() {
            super(fixture);
        }
    }

    @Nested
    final class Similarity extends RetrieverSimilarityClauses {
        Similarity() {
            super(fixture);
        }
    }

    @Nested
    final class TimeAndOrigin extends RetrieverOriginClauses {
        TimeAndOrigin() {
            super(fixture);
        }
    }

    @Nested
    final class Combined extends RetrieverCombinedClauses {
        Combined() {
            super(fixture);
        }
    }

    @Nested
    final class Explain extends RetrieverExplainClauses {
        Explain() {
            super(fixture);
        }
    }

    @Nested
    final class Filters extends RetrieverFilterClauses {
        Filters() {
            super(fixture);
        }
    }

    @Nested
    final class Search extends RetrieverSearchClauses {
        Search() {
            super(fixture);
        }
    }

    @Nested
    final class Write extends PassageIndexWriteClauses {
        Write() {
            super(fixture);
        }
    }

    @Nested
    final class Read extends PassageIndexReadClauses {
        Read() {
            super(fixture);
        }
    }

    @Nested
    final class Durable extends PassageIndexDurableClauses {
        Durable() {
            super(fixture);
        }
    }

    @Nested
    final class Life extends PassageIndexLifeClauses {
        Life() {
            super(fixture);
        }
    }
}
