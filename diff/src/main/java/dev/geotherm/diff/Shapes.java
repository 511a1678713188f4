package dev.geotherm.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of small objects that were seen lately: objects of one kind share theirs. */
final class Shapes {
    private static final int RECENT = 64;

    private final Name[] @Nullable [] recent = new Name[RECENT][];

    /** Returns these names in this order. */
    Name[] of(List<String> texts) {
        int slot = texts.hashCode() & (RECENT - 1);
        Name[] known = recent[slot];
        if (known == null || !are(known, texts)) {
            known = texts.stream().map(Name::new).toArray(Name[]::new);
            recent[slot] = known;
        }
        return known;
    }

    private static boolean are(Name[] names, List<String> texts) {
        boolean same = names.length == texts.size();
        for (int i = 0; same && i < names.length; i++) {
            same = names[i].text.equals(texts.get(i));
        }
        return same;
    }
}
