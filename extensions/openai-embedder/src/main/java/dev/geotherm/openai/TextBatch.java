package dev.geotherm.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * A batch of texts for one request.
 *
 * @param texts the non-blank texts
 */
record TextBatch(List<Entry> texts) {

    /**
     * A text.
     *
     * @param row the row of its vector
     * @param text the text to send
     * @param estimate the estimated number of tokens
     */
    record Entry(int row, String text, int estimate) {
        Entry(int row, String text) {
            this(row, text, TokenEstimate.of(text));
        }
    }

    /** Divides texts into batches, in order. A text with more tokens than the maximum becomes a separate batch. */
    static List<TextBatch> divide(List<Entry> entries, int maxTexts, long maxTokens, TokenCalibration calibration) {
        List<TextBatch> batches = new ArrayList<>();
        int start = 0;
        long sum = 0;
        for (int i = 0; i < entries.size(); i++) {
            long more = entries.get(i).estimate();
            if (i > start && (i - start == maxTexts || calibration.expected(sum + more) > maxTokens)) {
                batches.add(new TextBatch(entries.subList(start, i)));
                start = i;
                sum = 0;
            }
            sum += more;
        }
        if (start < entries.size()) {
            batches.add(new TextBatch(entries.subList(start, entries.size())));
        }
        return batches;
    }

    int size() {
        return texts.size();
    }

    List<String> strings() {
        return texts.stream().map(Entry::text).toList();
    }

    long estimate() {
        return texts.stream().mapToLong(Entry::estimate).sum();
    }

    TextBatch firstHalf() {
        return new TextBatch(texts.subList(0, size() / 2));
    }

    TextBatch secondHalf() {
        return new TextBatch(texts.subList(size() / 2, size()));
    }
}
