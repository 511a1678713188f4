package dev.geotherm.benchmarks.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contenders measured on each pair. */
final class Contenders {
    /** The keys of the pairs' array elements, if they are not the default {@code id}. */
    private static final Map<String, String> KEYS =
            Map.of("emoji", "=hexcode", "emoji-15", "=hexcode", "world", "=cca3", "world-4", "=cca3");

    private Contenders() {}

    static List<Contender> of(String pair) {
        List<Contender> all = new ArrayList<>();
        all.add(new FullWalk());
        all.add(new Geotherm("geotherm", Map.of(), false));
        if (KEYS.containsKey(pair)) {
            all.add(new Geotherm("geotherm-keyed", Map.of("identityKeys", KEYS.get(pair)), false));
        }
        all.add(new Geotherm("geotherm-shared", Map.of(), true));
        all.add(new GeothermTracked("geotherm-tracked", Map.of(), false));
        all.add(new GeothermTracked("geotherm-snapshots", Map.of(), true));
        all.add(Zjsonpatch.defaultValue());
        all.add(Zjsonpatch.withoutMoves());
        all.add(new Parsson());
        return all;
    }

    static Contender named(String pair, String name) {
        return of(pair).stream()
                .filter(contender -> contender.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown contender '" + name + "' for " + pair));
    }
}
