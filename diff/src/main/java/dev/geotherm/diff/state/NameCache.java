package dev.geotherm.diff.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cache of the member names of recently built small objects, so that similar objects share them. */
final class NameCache {
    private static final int RECENT = 64;

    private final MemberName[] @Nullable [] recent = new MemberName[RECENT][];

    /** Returns the given names in the given order. */
    MemberName[] of(List<String> texts) {
        int slot = texts.hashCode() & (RECENT - 1);
        MemberName[] known = recent[slot];
        if (known == null || !are(known, texts)) {
            known = texts.stream().map(MemberName::new).toArray(MemberName[]::new);
            recent[slot] = known;
        }
        return known;
    }

    private static boolean are(MemberName[] names, List<String> texts) {
        boolean same = names.length == texts.size();
        for (int i = 0; same && i < names.length; i++) {
            same = names[i].text.equals(texts.get(i));
        }
        return same;
    }
}
