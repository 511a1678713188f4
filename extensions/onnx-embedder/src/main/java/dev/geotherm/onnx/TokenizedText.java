package dev.geotherm.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The token ids of a text, and the row of its vector. */
final class TokenizedText {
    private final int row;
    private final long[] ids;

    TokenizedText(int row, long[] ids) {
        this.row = row;
        this.ids = ids;
    }

    int row() {
        return row;
    }

    long[] ids() {
        return ids;
    }

    /**
     * Groups texts with the same number of tokens. The longest texts come first, which lets all threads end at about the
     * same time.
     */
    static List<List<TokenizedText>> groups(List<TokenizedText> texts, int most) {
        List<TokenizedText> sorted = new ArrayList<>(texts);
        sorted.sort(
                Comparator.comparingInt((TokenizedText text) -> text.ids.length).reversed());
        List<List<TokenizedText>> groups = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || i - start == most || sorted.get(i).ids.length != sorted.get(start).ids.length) {
                groups.add(sorted.subList(start, i));
                start = i;
            }
        }
        return groups;
    }
}
