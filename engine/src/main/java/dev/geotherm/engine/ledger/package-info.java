/**
 * The ledger of ingested documents. Not exported to applications; public types are for the engine and its adapters.
 */
@NullMarked
package dev.geotherm.engine.ledger;

import org.jspecify.annotations.NullMarked;
