/** Deltas between JSON values: apply, invert, compose, rebase; JSON Patch and merge patch. */
module dev.geotherm.delta {
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.geotherm.delta;
}
