package dev.geotherm.benchmarks.pool;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures one cell in one fork; each iteration is a result. */
final class CellRun {
    /** Wall-clock time per operation, as seen by one of the threads. */
    static final String TIME = "ns";

    /** Processor time of the whole process per operation. */
    static final String PROCESSOR = "cpu ns";

    /** Bytes allocated per operation. */
    static final String BYTES = "B";

    private CellRun() {}

    static List<Figure> measure(Cell cell) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + cell.benchmark().replace(".", "\\.") + "$")
                .param("pool", cell.pool())
                .threads(cell.threads())
                .forks(1)
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        cell.parameters().forEach(options::param);
        List<Figure> figures = new ArrayList<>();
        for (RunResult run : new Runner(options.build()).run()) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    add(cell, iteration, figures);
                }
            }
        }
        return figures;
    }

    private static void add(Cell cell, IterationResult iteration, List<Figure> figures) {
        add(cell, TIME, iteration.getPrimaryResult(), figures);
        iteration.getSecondaryResults().forEach((label, result) -> {
            if (label.endsWith("gc.alloc.rate.norm")) {
                add(cell, BYTES, result, figures);
            } else if (label.endsWith(ProcessorTime.LABEL)) {
                add(cell, PROCESSOR, result, figures);
            }
        });
    }

    private static void add(Cell cell, String measure, Result<?> result, List<Figure> figures) {
        figures.add(Figure.here(cell.scene(), cell.pool(), cell.threads(), measure, result.getScore()));
    }
}
