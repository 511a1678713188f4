/**
 * The ledger of ingested documents. Not exported: its types are public for the engine only.
 */
@NullMarked
package dev.geotherm.engine.ledger;

import org.jspecify.annotations.NullMarked;
