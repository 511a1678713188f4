package dev.geotherm.diff.compare;

import dev.geotherm.diff.TreeDifferSettings;

/**
 * How two states are compared.
 *
 * @param depthLimit containers so many steps below the root are replaced as a whole
 * @param ignored the paths that do not count
 * @param keys by which the elements of arrays are told apart
 * @param moves whether moves are looked for
 * @param telling how what is found is told
 * @param byValue whether numbers that are written differently may be the same
 */
public record CompareRules(
        int depthLimit, IgnoredPaths ignored, IdentityKeys keys, boolean moves, ChangeOptions telling, boolean byValue) {

    public static CompareRules of(TreeDifferSettings settings) {
        return new CompareRules(
                settings.depthLimit(),
                new IgnoredPaths(settings.ignoredPaths(), settings.timestampFields()),
                new IdentityKeys(settings.identityKeys()),
                settings.moves(),
                new ChangeOptions(settings.spliceFrom(), settings.reversible()),
                settings.numbersByValue());
    }

    /** Returns rules under which changes carry the values that go: for whoever weighs them. */
    public CompareRules carrying() {
        return new CompareRules(depthLimit, ignored, keys, moves, new ChangeOptions(telling.spliceFrom(), true), byValue);
    }

    /** Returns rules under which nothing is left out: for states that are kept in step by their deltas. */
    public CompareRules inFull() {
        return new CompareRules(depthLimit, IgnoredPaths.NONE, keys, moves, telling, false);
    }
}
