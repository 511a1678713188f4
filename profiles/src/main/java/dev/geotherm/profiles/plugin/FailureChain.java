package dev.geotherm.profiles.plugin;

import dev.geotherm.api.GeothermException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/** A formatter of a failure and its causes as one line for users. Stateless. */
public final class FailureChain {
    private static final int MAX_CAUSES = 10;

    private FailureChain() {}

    /**
     * Returns the failure and its causes: {@code java.lang.IllegalStateException: no key, caused by …}. Omits
     * exceptions that only wrap another one, and the type of a {@link GeothermException}, because its message is for
     * users.
     */
    public static String of(Throwable failure) {
        List<String> parts = new ArrayList<>();
        for (Throwable each = failure; each != null && parts.size() < MAX_CAUSES; each = each.getCause()) {
            String text = isWrapper(each) ? null : text(each);
            if (text != null && parts.stream().noneMatch(before -> before.contains(text))) {
                parts.add(text);
            }
        }
        return String.join(", caused by ", parts);
    }

    private static @Nullable String text(Throwable failure) {
        return failure instanceof GeothermException ? failure.getMessage() : String.valueOf(failure);
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getCause() != null
                && (failure instanceof ExceptionInInitializerError
                        || failure instanceof InvocationTargetException
                        || failure instanceof ServiceConfigurationError);
    }
}
