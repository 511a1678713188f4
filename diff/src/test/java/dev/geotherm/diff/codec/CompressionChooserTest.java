package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.diff.codec.CompressionMode.DictionaryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CompressionChooserTest {
    private static final CompressionMode QUICK = new CompressionMode(Compression.LZ4, 0, DictionaryKind.NONE);
    private static final CompressionMode SLOW = new CompressionMode(Compression.ZSTD, 19, DictionaryKind.NONE);

    private final AtomicLong now = new AtomicLong();
    private final List<CompressionMode> went = new ArrayList<>();

    /** The compressed size of 1,000 bytes, and the time to compress them. */
    private int quickBytes = 500;

    private int slowBytes = 100;
    private long slowNanos = 1_000_000;

    private CompressionChooser chooser(CompressionPolicy policy) {
        return new CompressionChooser(policy, List.of(CompressionMode.PLAIN, QUICK, SLOW), now::get);
    }

    private byte[] go(CompressionMode mode, byte[] body) {
        went.add(mode);
        if (mode.equals(CompressionMode.PLAIN)) {
            return body;
        }
        now.addAndGet(mode.equals(QUICK) ? 1_000 : slowNanos);
        return new byte[body.length * (mode.equals(QUICK) ? quickBytes : slowBytes) / 1_000];
    }

    private CompressionMode chosen(CompressionChooser chooser, int times) {
        byte[] body = new byte[1_000];
        CompressionMode last = CompressionMode.PLAIN;
        for (int i = 0; i < times; i++) {
            last = chooser.pack(body, mode -> go(mode, body)).mode();
        }
        return last;
    }

    @Test
    void pack_weighsBytesAgainstTime() {
        assertThat(chosen(chooser(CompressionPolicy.SIZE), 10)).isEqualTo(SLOW);
        assertThat(chosen(chooser(CompressionPolicy.BALANCED), 10)).isEqualTo(QUICK);
        quickBytes = 999;
        assertThat(chosen(chooser(CompressionPolicy.SPEED), 10)).isEqualTo(CompressionMode.PLAIN);
    }

    @Test
    void pack_usesMostlyTheCheapestMode() {
        chosen(chooser(CompressionPolicy.SIZE), 160);
        // Three at first, then one in sixteen.
        assertThat(went.stream().filter(QUICK::equals)).hasSizeBetween(10, 13);
        assertThat(went.stream().filter(SLOW::equals)).hasSize(160);
    }

    @Test
    void pack_adaptsToChangingData() {
        CompressionChooser chooser = chooser(CompressionPolicy.SIZE);
        assertThat(chosen(chooser, 50)).isEqualTo(SLOW);
        slowBytes = 900;
        quickBytes = 300;
        assertThat(chosen(chooser, 200)).isEqualTo(QUICK);
    }

    @Test
    void pack_leavesIncompressibleBodiesUncompressed() {
        quickBytes = 1_100;
        slowBytes = 1_050;
        assertThat(chosen(chooser(CompressionPolicy.SIZE), 10)).isEqualTo(CompressionMode.PLAIN);
    }

    @Test
    void pack_learnsSizeClassesSeparately() {
        CompressionChooser chooser = chooser(CompressionPolicy.SIZE);
        chosen(chooser, 20);
        went.clear();
        byte[] large = new byte[1_000_000];
        chooser.pack(large, mode -> go(mode, large));
        assertThat(went).containsExactly(CompressionMode.PLAIN, QUICK, SLOW);
    }
}
