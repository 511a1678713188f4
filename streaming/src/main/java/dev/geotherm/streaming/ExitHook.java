package dev.geotherm.streaming;

/** A shutdown hook that can be removed. Thread-safe. */
final class ExitHook {
    private final Thread thread;
    private boolean registered;

    /** Creates a hook that is not registered. */
    ExitHook(Runnable task) {
        this.thread = new Thread(task, "geotherm-pipelines-exit");
    }

    /** Registers the hook, unless it is already registered or the JVM is exiting. */
    synchronized void register() {
        if (!registered) {
            try {
                Runtime.getRuntime().addShutdownHook(thread);
                registered = true;
            } catch (IllegalStateException exiting) {
                registered = false;
            }
        }
    }

    /** Removes the hook, unless the JVM is exiting. */
    synchronized void remove() {
        if (registered) {
            try {
                registered = !Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException exiting) {
                registered = true;
            }
        }
    }
}
