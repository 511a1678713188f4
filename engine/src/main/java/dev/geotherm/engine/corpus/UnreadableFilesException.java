package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import java.util.List;

/** The refusal of a corpus because some of its files cannot be read; the message has a line for each of them. */
public final class UnreadableFilesException extends GeothermException {
    private static final long serialVersionUID = 1;

    /** Messages beyond these are counted only. */
    private static final int MOST_SHOWN = 50;

    private final transient List<String> problems;

    UnreadableFilesException(String corpus, List<String> problems) {
        super(corpus + ": " + problems.size() + " files cannot be read:\n  "
                + String.join("\n  ", problems.subList(0, Math.min(MOST_SHOWN, problems.size())))
                + (problems.size() > MOST_SHOWN ? "\n  and " + (problems.size() - MOST_SHOWN) + " more" : ""));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong with each file. */
    public List<String> problems() {
        return problems;
    }
}
