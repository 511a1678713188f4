package dev.geotherm.streaming;

import dev.geotherm.api.streaming.Outcome;

/** An entry with the outcome that it has got, to be told outside of the lock. */
record Completion<T>(PendingFragment<T> entry, Outcome outcome) {}
