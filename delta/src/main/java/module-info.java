/** Deltas between JSON values: apply, invert, compose, rebase; JSON Patch and merge patch. */
@SuppressWarnings("module") // the modules to which the JSON package is exported are compiled later
module dev.geotherm.delta {
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports dev.geotherm.delta;
    exports dev.geotherm.delta.json to
            dev.geotherm.diff,
            dev.geotherm.engine;
}
