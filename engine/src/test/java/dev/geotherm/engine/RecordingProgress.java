package dev.geotherm.engine;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A progress that keeps the last step of each phase. */
final class RecordingProgress implements Progress {
    private final List<Step> ends;
    private @Nullable Supplier<Step> current;

    RecordingProgress(List<Step> ends) {
        this.ends = ends;
    }

    @Override
    public void begin(Supplier<Step> step) {
        end();
        current = step;
    }

    void end() {
        if (current != null) {
            ends.add(current.get());
        }
    }
}
