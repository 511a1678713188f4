package dev.geotherm.anchors.scrub;

/** What happens to an item of personal data. */
enum ScrubAction {
    /** A mark with its kind takes its place. */
    MASK,
    /** It is removed, and nothing takes its place. */
    DROP,
    /** A mark with its kind and a pseudonym takes its place. */
    PSEUDONYM
}
