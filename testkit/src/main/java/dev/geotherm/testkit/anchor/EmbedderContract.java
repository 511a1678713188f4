package dev.geotherm.testkit.anchor;

import dev.geotherm.api.anchor.Embedder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * The contract of every {@link Embedder}, as JUnit tests grouped by operation.
 *
 * <p>To test an implementation, extend this class and create the embedder:
 *
 * <pre>{@code
 * final class MyEmbedderTest extends EmbedderContract {
 *     @Override
 *     protected Embedder open() {
 *         return new MyEmbedder();
 *     }
 * }
 * }</pre>
 *
 * <p>The texts are English; override {@link #texts()} for an embedder of another language.
 */
public abstract class EmbedderContract {
    private final EmbedderFixture fixture = new EmbedderFixture(this);

    /** Constructor for subclasses. */
    protected EmbedderContract() {}

    /** Returns a new embedder, always with the same settings. The contract closes it. */
    protected abstract Embedder open();

    /** Returns at least four texts with content. The first two must be more similar than the first and the last. */
    protected List<String> texts() {
        return List.of(
                "the shock wave stands in front of the wing",
                "a shock wave in front of a swept wing",
                "boundary layers on slender bodies of revolution",
                "compilers translate programs of one language into another");
    }

    @BeforeEach
    final void openEmbedder() {
        fixture.open();
    }

    @AfterEach
    final void closeEmbedder() {
        fixture.close();
    }

    @Nested
    final class Embed extends EmbedderVectorClauses {
        Embed() {
            super(fixture);
        }
    }

    @Nested
    final class Rows extends EmbedderRowClauses {
        Rows() {
            super(fixture);
        }
    }

    @Nested
    final class Life extends EmbedderLifeClauses {
        Life() {
            super(fixture);
        }
    }
}
