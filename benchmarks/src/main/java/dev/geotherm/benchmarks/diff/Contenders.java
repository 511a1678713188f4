package dev.geotherm.benchmarks.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is measured on which pair. */
final class Contenders {
    private Contenders() {}

    static List<Contender> of(String pair) {
        List<Contender> all = new ArrayList<>();
        all.add(new FullWalk());
        all.add(new Geotherm("geotherm", Map.of(), false));
        all.add(new Geotherm("geotherm-shared", Map.of(), true));
        all.add(new GeothermTracked("geotherm-tracked", Map.of(), false));
        all.add(new GeothermTracked("geotherm-snapshots", Map.of(), true));
        all.add(Zjsonpatch.byDefault());
        all.add(Zjsonpatch.withoutMoves());
        all.add(new Parsson());
        return all;
    }

    static Contender named(String pair, String name) {
        return of(pair).stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no contender '" + name + "' for " + pair));
    }
}
