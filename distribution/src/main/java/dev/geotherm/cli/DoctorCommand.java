package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.cli.terminal.TextTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code doctor}: checks everything that the other commands need. */
@Command(name = "doctor", description = "Check Java, memory, folders, plugins and profiles.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private GeothermCommand parent;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Environment environment = parent.environment();
        List<Diagnosis> diagnoses = Diagnosis.all(parent);
        boolean healthy = diagnoses.stream().allMatch(Diagnosis::good);
        if (json) {
            ObjectNode report = Json.MAPPER.createObjectNode().put("healthy", healthy);
            ArrayNode checks = report.putArray("checks");
            diagnoses.forEach(each -> checks.addObject()
                    .put("check", each.check())
                    .put("good", each.good())
                    .put("found", each.found()));
            environment.out().println(Json.pretty(report));
        } else {
            TextTable table = new TextTable(environment.styledOut(), "check", "result", "details");
            diagnoses.forEach(each -> table.row(each.check(), each.good() ? "ok" : "FAILED", each.found()));
            environment.out().print(table);
        }
        return healthy ? ExitCode.DONE : ExitCode.FAILED;
    }
}
