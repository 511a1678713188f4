package dev.geotherm.pool;

/** An object in the hands of a holder; the turn tells this hand-out from any other of the same object. */
record Held<T>(Pooled<T> pooled, T object, long turn) {}
