package dev.geotherm.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.cli.terminal.TextTable;
import dev.geotherm.cli.terminal.Units;
import java.util.Locale;

/** A table of the time that each stage of an ingestion took. */
final class StageTable {
    private final TextTable table;

    StageTable(boolean styled, JsonNode stages) {
        table = new TextTable(styled, "stage", "time in all threads", "share", "chunks/s");
        stages.properties().forEach(stage -> row(stage.getKey(), stage.getValue()));
    }

    private void row(String name, JsonNode stage) {
        double seconds = stage.path("seconds").asDouble();
        double rate = stage.path("perSecond").asDouble();
        table.row(
                name,
                Units.duration(seconds),
                String.format(Locale.ROOT, "%.0f %%", 100 * stage.path("share").asDouble()),
                rate == 0 ? "" : String.format(Locale.ROOT, "%,.0f", rate));
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
