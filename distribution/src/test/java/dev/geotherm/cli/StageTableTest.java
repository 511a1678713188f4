package dev.geotherm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class StageTableTest {

    @Test
    void toString_hasALinePerStage() {
        ObjectNode stages = JsonNodeFactory.instance.objectNode();
        stages.putObject("embed").put("seconds", 1.5).put("share", 0.254).put("perSecond", 8_000);
        stages.putObject("commit").put("seconds", 0).put("share", 0).put("perSecond", 0);
        assertThat(new StageTable(false, stages).toString().lines())
                .anySatisfy(line -> assertThat(line).contains("embed", "1.5 s", "25 %", "8,000"))
                .anySatisfy(line -> assertThat(line).startsWith("commit").doesNotContain("∞"));
    }
}
