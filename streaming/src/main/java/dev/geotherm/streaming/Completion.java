package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;

/** A pending fragment and its outcome, to be reported outside of the lock. */
record Completion<T>(PendingFragment<T> fragment, Outcome outcome) {}
