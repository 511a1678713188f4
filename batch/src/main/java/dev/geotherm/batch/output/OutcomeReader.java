package dev.geotherm.batch.output;

import java.io.IOException;

/** A reader of recorded outcomes. */
@FunctionalInterface
public interface OutcomeReader {

    /** Returns the outcome of an item, which must have one. */
    Outcome read(int index) throws IOException;
}
