package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;

/** The future outcome of a fragment that is in a journal. If its pipeline closes first, it is handed back and is no dead letter. */
final class JournaledOutcome extends CompletableFuture<Outcome> {}
