/** Crash-safe files: atomic replacement, an append-only log, folder locks, bounded retention. */
module dev.geotherm.storage {
    requires static org.jspecify;

    exports dev.geotherm.storage;
    exports dev.geotherm.storage.log;
}
