package dev.geotherm.anchors.analysis;

import java.util.Set;

/**
 * A word of a query.
 *
 * @param forms the forms that it has in the languages of the index
 * @param stoppedIn the codes of those languages in which it is a stop word, so that it has no form
 */
public record QueryWord(Set<String> forms, Set<String> stoppedIn) {

    /** Copies the sets. */
    public QueryWord {
        forms = Set.copyOf(forms);
        stoppedIn = Set.copyOf(stoppedIn);
    }
}
