package dev.geotherm.benchmarks.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.infra.Blackhole;

/** What is measured does what it is measured for. */
class RivalsTest {
    private static final int SIZE = 16;

    static Stream<String> all() {
        Stream<String> peers = Rivals.PEERS.stream()
                .filter(peer ->
                        !peer.equals("stormpot-virtual") || Runtime.version().feature() >= 21);
        return Stream.concat(
                peers, Stream.of("striped", "striped:plain", "striped:lease", "striped:use", "striped:leakSampling=0"));
    }

    static Stream<String> pools() {
        // Netty's pools on Netty's threads only, see FastThreads.
        return all().filter(name -> !name.equals("new") && !name.startsWith("netty"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void objectsThatAreHeldAtOnceDiffer(String name) throws Exception {
        try (Rival rival = Rivals.open(name, SIZE, 8)) {
            assertThat(claimAll(rival)).hasSize(SIZE);
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void objectsThatWereGivenBackComeAgainEmpty(String name) throws Exception {
        try (Rival rival = Rivals.open(name, SIZE, 8)) {
            Set<Concept> first = claimAll(rival);
            for (Concept concept : first) {
                concept.id = "left";
                concept.heat = 1;
                rival.release(concept);
            }
            Set<Concept> second = claimAll(rival);
            assertThat(second).containsExactlyInAnyOrderElementsOf(first).allSatisfy(concept -> {
                assertThat(concept.id).isEmpty();
                assertThat(concept.heat).isZero();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneUseFillsAnObject(String name) throws Exception {
        float[] vector = {1, 2, 3};
        List<Float> seen = new ArrayList<>();
        Filling filling = new Filling(
                vector,
                new Blackhole(
                        "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous."));
        try (Rival rival = Rivals.open(name, SIZE, vector.length)) {
            rival.once(filling);
            Concept concept = filling.apply(rival.claim());
            seen.add(concept.embedding[2]);
            rival.release(concept);
        }
        assertThat(seen).containsExactly(3f);
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> Rivals.open("best", SIZE, 8)).hasMessageContaining("best");
        assertThatThrownBy(() -> Rivals.open("striped:mine", SIZE, 8)).hasMessageContaining("mine");
    }

    private static Set<Concept> claimAll(Rival rival) throws Exception {
        Set<Concept> held = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < SIZE; i++) {
            held.add(rival.claim());
        }
        return held;
    }
}
