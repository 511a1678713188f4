package dev.geotherm.diff.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrayAlignmentTest {

    @Test
    void align_partnersAreEqualAndAscend() {
        RandomCases.run(2_000, random -> {
            int[] a = random.ints(random.nextInt(20), 0, 5).toArray();
            int[] b = random.ints(random.nextInt(20), 0, 5).toArray();
            assertThat(aligned(a, b)).isEqualTo(longestCommon(a, b));
        });
    }

    @Test
    void align_differentArraysUseUniqueElements() {
        RandomCases.run(5, random -> {
            int[] a = IntStream.range(0, 20_000).toArray();
            int[] b = IntStream.range(0, 20_000)
                    .map(i -> random.nextInt(4) == 0 ? 50_000 + random.nextInt(100) : i)
                    .toArray();
            long same = IntStream.range(0, a.length).filter(i -> a[i] == b[i]).count();
            assertThat(aligned(a, b)).isEqualTo((int) same);
            assertThat(aligned(shuffled(a, random), b)).isPositive();
        });
    }

    private static int[] shuffled(int[] a, Random random) {
        int[] copy = a.clone();
        for (int i = copy.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = copy[j];
            copy[j] = copy[i];
            copy[i] = other;
        }
        return copy;
    }

    private static int aligned(int[] a, int[] b) {
        int[] partners = ArrayAlignment.align(a, b, 60_000, new Equality(false));
        int last = -1;
        int count = 0;
        for (int i = 0; i < a.length; i++) {
            if (partners[i] >= 0) {
                assertThat(partners[i]).isGreaterThan(last).isLessThan(b.length);
                assertThat(a[i]).isEqualTo(b[partners[i]]);
                last = partners[i];
                count++;
            }
        }
        return count;
    }

    private static int longestCommon(int[] a, int[] b) {
        int[][] length = new int[a.length + 1][b.length + 1];
        for (int i = 1; i <= a.length; i++) {
            for (int j = 1; j <= b.length; j++) {
                length[i][j] =
                        a[i - 1] == b[j - 1] ? length[i - 1][j - 1] + 1 : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        return length[a.length][b.length];
    }
}
