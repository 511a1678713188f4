package dev.geotherm.benchmarks.diff;

import dev.geotherm.benchmarks.diff.Interleaving.Task;
import dev.geotherm.benchmarks.diff.Interleaving.Times;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures one pair in its own JVM: checks each contender, then measures those that passed in turns. Reports its
 * progress line by line, so that {@link Interleaved} can end it if a contender takes too long, and restart it without
 * that one.
 *
 * <p>Arguments: the pair, {@code diff}, {@code apply} or {@code bytes}, the number of rounds, the names to exclude.
 */
final class PairRun {
    /** A contender that takes longer is called once, not in turns. */
    private static final double SLOW_MICROS = 3e6;

    private final StatePair pair;
    private final String what;
    private final List<Task> tasks = new ArrayList<>();

    private PairRun(StatePair pair, String what) {
        this.pair = pair;
        this.what = what;
    }

    public static void main(String[] args) throws Exception {
        Set<String> without = Arrays.stream(args).skip(3).collect(Collectors.toSet());
        PairRun run = new PairRun(StatePair.read(args[0]), args[1]);
        for (Contender contender : Contenders.of(args[0])) {
            if (!without.contains(contender.name())) {
                run.check(contender);
            }
        }
        if (!run.what.equals("bytes")) {
            run.measure(Integer.parseInt(args[2]));
        }
    }

    private void check(Contender contender) {
        String name = contender.name();
        say("start", name);
        try {
            Supplier<Object> comparing = contender.comparing(pair);
            long start = System.nanoTime();
            Object outcome = comparing.get();
            double micros = (System.nanoTime() - start) / 1e3;
            Supplier<Object> timed = comparing;
            say("compared", name, contender.changes(outcome));
            if (what.equals("apply") && !(contender instanceof FullWalk)) {
                timed = contender.applying(pair, outcome);
                if (timed == null) {
                    say("checked", name);
                    return;
                }
                start = System.nanoTime();
                Object applied = timed.get();
                micros = (System.nanoTime() - start) / 1e3;
                byte[] text = applied.toString().getBytes(StandardCharsets.UTF_8);
                if (!StatePair.parse(text).equals(StatePair.parse(pair.afterText()))) {
                    throw new IllegalStateException("applied, the delta gives another state");
                }
            }
            prove(contender, outcome);
            if (micros > SLOW_MICROS) {
                say("time", name, micros, micros, -1);
            } else {
                tasks.add(new Task(name, timed));
            }
            say("checked", name);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            say("failed", name, e.toString().lines().findFirst().orElse(""));
        }
    }

    private void prove(Contender contender, Object outcome) {
        byte[] patch = contender.patch(pair, outcome);
        if (patch != null) {
            say("verdict", contender.name(), PatchCheck.verdict(pair, patch));
        }
        if (patch != null && what.equals("bytes")) {
            bytes(contender.name(), patch);
            contender.encoded(pair, outcome).forEach((form, encoded) -> bytes(contender.name() + " " + form, encoded));
        }
    }

    private void bytes(String name, byte[] bytes) {
        Sizes sizes = Sizes.of(bytes);
        say("bytes", name, sizes.raw(), sizes.gzip(), sizes.zstd3(), sizes.zstd19());
        if (name.startsWith("geotherm")) {
            say("dictionary", name, Sizes.zstdWithDictionary(bytes, pair.beforeText()));
        }
    }

    private void measure(int rounds) {
        System.gc();
        List<Times> times = Interleaving.run(tasks, rounds, () -> say("alive"));
        for (int i = 0; i < tasks.size(); i++) {
            Times each = times.get(i);
            say("time", tasks.get(i).name(), each.min(), each.median(), each.bytes());
        }
    }

    static void say(Object... columns) {
        System.out.println(Stream.of(columns).map(String::valueOf).collect(Collectors.joining("\t")));
        System.out.flush();
    }
}
