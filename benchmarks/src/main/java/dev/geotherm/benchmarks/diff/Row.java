package dev.geotherm.benchmarks.diff;

import java.util.HashMap;
import java.util.Map;

/** What is known about one contender on one pair: figures by the name of their column, and what else is to be said. */
final class Row {
    final String name;
    final Map<String, Double> figures = new HashMap<>();
    String remark = "";

    Row(String name) {
        this.name = name;
    }
}
