package dev.geotherm.api.anchor;

/**
 * What became of an ingested fragment.
 *
 * @param anchor the anchor that it made or reinforced
 * @param created whether it made it
 */
public record Ingested(AnchorId anchor, boolean created) {}
