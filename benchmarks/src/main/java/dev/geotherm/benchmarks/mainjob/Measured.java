package dev.geotherm.benchmarks.mainjob;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The cost of one job.
 *
 * @param ingest seconds of the ingestion
 * @param ingestCpu its processor time in seconds, of the whole process
 * @param evaluation seconds of the evaluation
 * @param evaluationCpu its processor time
 * @param heap the highest use of the heap after a collection, in bytes
 */
record Measured(double ingest, double ingestCpu, double evaluation, double evaluationCpu, long heap) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** A point in time. */
    record Mark(long nanos, long cpu) {
        static Mark now() {
            return new Mark(System.nanoTime(), SYSTEM.getProcessCpuTime());
        }

        double seconds(Mark later) {
            return (later.nanos - nanos) / 1e9;
        }

        double cpuSeconds(Mark later) {
            return (later.cpu - cpu) / 1e9;
        }
    }

    static Measured of(Mark start, Mark ingested, Mark asked, Mark end, long heap) {
        return new Measured(
                start.seconds(ingested), start.cpuSeconds(ingested), asked.seconds(end), asked.cpuSeconds(end), heap);
    }

    /** Returns the values on one line, for the parent process. */
    String line() {
        return String.format(
                Locale.ROOT, "measured %.4f %.4f %.4f %.4f %d", ingest, ingestCpu, evaluation, evaluationCpu, heap);
    }

    static Measured parse(String line) {
        String[] cells = line.split(" ", -1);
        return new Measured(
                Double.parseDouble(cells[1]),
                Double.parseDouble(cells[2]),
                Double.parseDouble(cells[3]),
                Double.parseDouble(cells[4]),
                Long.parseLong(cells[5]));
    }
}
