package dev.geotherm.api;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for an invalid configuration; contains all its problems. */
public final class SettingsException extends GeothermException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Creates an exception; its message has one line for each problem. */
    public SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** Returns every problem, at least one. */
    public List<Problem> problems() {
        return problems;
    }
}
