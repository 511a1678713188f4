package dev.geotherm.api.anchor;

/**
 * The result of ingesting a fragment.
 *
 * @param anchor the id of the anchor that the fragment created or reinforced
 * @param created whether it created the anchor
 */
public record Ingested(AnchorId anchor, boolean created) {}
