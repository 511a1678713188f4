package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;

/**
 * The future outcome of a journaled fragment. If the pipeline closes first, the fragment is handed back, not made a dead letter.
 */
final class JournaledOutcome extends CompletableFuture<Outcome> {}
