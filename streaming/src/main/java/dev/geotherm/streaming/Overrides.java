package dev.geotherm.streaming;

import dev.geotherm.api.streaming.PipelineListener;

/** A check of which events a listener receives: those with a method that it overrides. */
final class Overrides {
    private Overrides() {}

    static boolean method(PipelineListener<?> listener, String name, Class<?>... parameters) {
        try {
            return listener.getClass().getMethod(name, parameters).getDeclaringClass() != PipelineListener.class;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalArgumentException(listener.getClass() + " is not a listener", impossible);
        }
    }
}
