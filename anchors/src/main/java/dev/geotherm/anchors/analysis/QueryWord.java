package dev.geotherm.anchors.analysis;

import java.util.Set;

/**
 * A word of a query.
 *
 * @param forms the forms of the word in the languages of the index
 * @param stoppedIn the codes of the languages in which the word is a stop word and has no form
 */
public record QueryWord(Set<String> forms, Set<String> stoppedIn) {

    /** Copies the sets. */
    public QueryWord {
        forms = Set.copyOf(forms);
        stoppedIn = Set.copyOf(stoppedIn);
    }
}
