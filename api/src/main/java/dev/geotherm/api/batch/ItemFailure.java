package dev.geotherm.api.batch;

/**
 * The failure of an item.
 *
 * @param item the item's id
 * @param attempts how often the item was evaluated alone; evaluations in a batch with other items are not counted, so
 *     the number does not depend on the batch size
 * @param error the class and message of the exception from the last attempt
 */
public record ItemFailure(String item, int attempts, String error) {}
