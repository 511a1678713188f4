package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.util.List;

/** An exception for a corpus with unreadable files. The message has a line for each of them. */
public final class UnreadableFilesException extends GeothermException {
    private static final long serialVersionUID = 1;

    /** The maximum number of listed problems; further ones are only counted. */
    private static final int MOST_SHOWN = 50;

    private final transient List<String> problems;

    UnreadableFilesException(String corpus, List<String> problems) {
        super(corpus + ": " + problems.size() + " files cannot be read:\n  "
                + String.join("\n  ", problems.subList(0, Math.min(MOST_SHOWN, problems.size())))
                + (problems.size() > MOST_SHOWN ? "\n  and " + (problems.size() - MOST_SHOWN) + " more" : ""));
        this.problems = List.copyOf(problems);
    }

    /** Returns the problem of each file. */
    public List<String> problems() {
        return problems;
    }
}
