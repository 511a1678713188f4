package dev.geotherm.benchmarks.mainjob;

import java.util.List;
import java.util.Map;

/** The mean nDCG@10 and average precision of rankings. */
final class PlainMeasures {
    private double ndcg;
    private double precision;
    private int queries;

    void add(List<String> ranking, Map<String, Integer> grades) {
        queries++;
        int[] relevant = grades.values().stream()
                .mapToInt(grade -> -grade)
                .filter(grade -> grade < 0)
                .sorted()
                .toArray();
        double ideal = 0;
        for (int i = 0; i < Math.min(10, relevant.length); i++) {
            ideal += gain(-relevant[i], i + 1);
        }
        int found = 0;
        double gained = 0;
        double precisions = 0;
        for (int rank = 1; rank <= ranking.size(); rank++) {
            int grade = grades.getOrDefault(ranking.get(rank - 1), 0);
            if (grade > 0) {
                found++;
                gained += rank <= 10 ? gain(grade, rank) : 0;
                precisions += (double) found / rank;
            }
        }
        ndcg += relevant.length == 0 ? 0 : gained / ideal;
        precision += relevant.length == 0 ? 0 : precisions / relevant.length;
    }

    private static double gain(int grade, int rank) {
        return grade * Math.log(2) / Math.log(rank + 1);
    }

    double ndcgAt10() {
        return ndcg / queries;
    }

    double averagePrecision() {
        return precision / queries;
    }
}
