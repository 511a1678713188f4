package dev.geotherm.benchmarks.diff;

import java.util.HashMap;
import java.util.Map;

/** The results of one contender on one pair: values by column, and remarks. */
final class Row {
    final String name;
    final Map<String, Double> figures = new HashMap<>();
    String remark = "";

    Row(String name) {
        this.name = name;
    }
}
