package dev.geotherm.cli.quality;

import dev.geotherm.batch.comparison.QualityGate;

/** The results of conditions as a JUnit XML report, which build servers show as tests. */
public final class GateReport {
    private GateReport() {}

    /** Returns the content of the report file. */
    public static String of(ComparedRuns runs) {
        Markup xml = new Markup();
        String suite = runs.candidate().file() + " against " + runs.baseline().file();
        long failures =
                runs.verdicts().stream().filter(QualityGate.Verdict::failed).count();
        xml.open(
                "testsuite",
                "name",
                suite,
                "tests",
                runs.verdicts().size(),
                "failures",
                failures,
                "errors",
                0,
                "skipped",
                0);
        for (QualityGate.Verdict each : runs.verdicts()) {
            xml.open("testcase", "classname", "geotherm.compare", "name", each.gate(), "time", 0);
            if (each.failed()) {
                xml.leaf(
                        "failure",
                        each.gate() + ": " + each.reason(),
                        "message",
                        each.reason(),
                        "type",
                        each.gate().rule());
            } else {
                xml.leaf("system-out", each.reason());
            }
            xml.close();
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.close();
    }
}
