package dev.geotherm.anchors.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The parts of a search that have no objects for passages, compared with simple ones that do. */
final class RankingPartsTest {

    private record Scored(int rank, double score) {}

    @Test
    void bestPassages_areThoseOfASort() {
        RandomCases.run(50, random -> {
            int limit = 1 + random.nextInt(200);
            int count = random.nextInt(400);
            BestPassages best = new BestPassages(limit);
            List<Scored> all = new ArrayList<>();
            for (int rank = 0; rank < count; rank++) {
                Scored one = new Scored(rank * 7919 % 1_000, random.nextInt(20) - 10);
                all.add(one);
                if (one.score() >= best.threshold()) {
                    best.offer(one.score(), one.rank());
                }
            }
            all.sort(Comparator.comparingDouble(Scored::score).reversed().thenComparingInt(Scored::rank));
            assertThat(scored(best.drain())).isEqualTo(all.subList(0, Math.min(limit, count)));
        });
    }

    private static List<Scored> scored(Ranking ranking) {
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < ranking.size(); i++) {
            scored.add(new Scored(ranking.rank(i), ranking.score(i)));
        }
        return scored;
    }

    @Test
    void columnDots_areExactlyThoseOfVectorMath() {
        RandomCases.run(20, random -> {
            int dimension = 1 + random.nextInt(70);
            int width = 8 * (1 + random.nextInt(8));
            float[][] rows = new float[width][dimension];
            float[] columns = new float[width * dimension];
            for (int row = 0; row < width; row++) {
                rows[row] = vector(random, dimension);
                for (int i = 0; i < dimension; i++) {
                    columns[i * width + row] = rows[row][i];
                }
            }
            ColumnDots dots = new ColumnDots(width);
            for (int repeat = 0; repeat < 2; repeat++) {
                float[] query = vector(random, dimension);
                float[] found = dots.of(query, columns);
                for (int row = 0; row < width; row++) {
                    assertThat((double) found[row]).isEqualTo(VectorMath.cosine(query, rows[row]));
                }
            }
        });
    }

    private static float[] vector(Random random, int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
        }
        VectorMath.normalize(vector);
        return vector;
    }

    @Test
    void intSet_isASet() {
        RandomCases.run(10, random -> {
            IntSet numbers = new IntSet();
            Set<Integer> expected = new HashSet<>();
            for (int i = 0; i < 2_000; i++) {
                int number = random.nextInt(1 + random.nextInt(5_000));
                assertThat(numbers.add(number)).isEqualTo(expected.add(number));
            }
        });
    }
}
