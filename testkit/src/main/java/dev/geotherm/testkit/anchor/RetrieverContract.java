package dev.geotherm.testkit.anchor;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Retriever;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of every {@link Retriever}, as JUnit tests in groups by operation.
 *
 * <p>Extend it and create your retriever; all clauses run for it:
 *
 * <pre>{@code
 * final class MyRetrieverTest extends RetrieverContract {
 *     @Override
 *     protected Retriever open(ComponentContext context) {
 *         return new MyRetriever(context);
 *     }
 * }
 * }</pre>
 */
public abstract class RetrieverContract {
    private final RetrieverFixture fixture = new RetrieverFixture(this);

    /** For subclasses. */
    protected RetrieverContract() {}

    /** Returns a new, empty retriever, always with the same settings; the contract closes it. */
    protected abstract Retriever open(ComponentContext context);

    @BeforeEach
    final void openRetriever(@TempDir Path folder) {
        fixture.open(folder);
    }

    @AfterEach
    final void closeRetriever() {
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
    final class Search extends RetrieverSearchClauses {
        Search() {
            super(fixture);
        }
    }

    @Nested
    final class Index extends RetrieverIndexClauses {
        Index() {
            super(fixture);
        }
    }

    @Nested
    final class Life extends RetrieverLifeClauses {
        Life() {
            super(fixture);
        }
    }
}
