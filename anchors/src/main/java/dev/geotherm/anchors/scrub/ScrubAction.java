package dev.geotherm.anchors.scrub;

/** The action for an item of personal data. */
enum ScrubAction {
    /** Replaces the item with a mark that names its kind. */
    MASK,
    /** Removes the item without a replacement. */
    DROP,
    /** Replaces the item with a mark that contains its kind and a pseudonym. */
    PSEUDONYM
}
