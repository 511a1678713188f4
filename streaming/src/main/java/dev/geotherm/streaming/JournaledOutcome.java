package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;

/** The future outcome of a fragment that is in a journal. When its pipeline closes first, it is handed back instead of dead. */
final class JournaledOutcome extends CompletableFuture<Outcome> {}
