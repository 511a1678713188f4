package dev.geotherm.batch.measure;

import java.util.List;
import java.util.Map;

/** A ranking and the grades of its documents. */
final class JudgedRanking {
    /** The grade of an unjudged document: negative, so neither relevant nor judged as not relevant. */
    private static final int UNJUDGED = Integer.MIN_VALUE;

    private final int[] grades; // of the answers, best answer first
    private final int[] relevant; // the grades of all relevant documents of the query, highest first
    private final int notRelevant; // the number of documents with grade 0

    JudgedRanking(Map<String, Integer> judged, List<TrecRun.Scored> answers) {
        grades = answers.stream()
                .mapToInt(answer -> judged.getOrDefault(answer.document(), UNJUDGED))
                .toArray();
        relevant = judged.values().stream()
                .mapToInt(Integer::intValue)
                .filter(grade -> grade > 0)
                .map(grade -> -grade)
                .sorted()
                .map(grade -> -grade)
                .toArray();
        notRelevant = (int) judged.values().stream().filter(grade -> grade == 0).count();
    }

    /** Returns the number of relevant documents of the query, whether or not they are in the ranking. */
    int relevant() {
        return relevant.length;
    }

    /** Returns the number of relevant documents among the first answers. */
    int found(int depth) {
        int found = 0;
        for (int i = 0; i < Math.min(depth, grades.length); i++) {
            found += grades[i] > 0 ? 1 : 0;
        }
        return found;
    }

    double normalisedGain(int depth) {
        return gain(grades, depth) / gain(relevant, depth);
    }

    private static double gain(int[] grades, int depth) {
        double gain = 0;
        for (int i = 0; i < Math.min(depth, grades.length); i++) {
            gain += grades[i] > 0 ? grades[i] * Math.log(2) / Math.log(i + 2) : 0;
        }
        return gain;
    }

    double averagePrecision(int depth) {
        double precisions = 0;
        int found = 0;
        for (int i = 0; i < Math.min(depth, grades.length); i++) {
            if (grades[i] > 0) {
                found++;
                precisions += (double) found / (i + 1);
            }
        }
        return precisions / relevant.length;
    }

    double reciprocalRank(int depth) {
        for (int i = 0; i < Math.min(depth, grades.length); i++) {
            if (grades[i] > 0) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    double binaryPreference() {
        double preferred = 0;
        int before = 0;
        int bound = Math.min(notRelevant, relevant.length);
        for (int grade : grades) {
            if (grade == 0) {
                before++;
            } else if (grade > 0) {
                preferred += before == 0 ? 1 : 1 - (double) Math.min(before, relevant.length) / bound;
            }
        }
        return preferred / relevant.length;
    }
}
