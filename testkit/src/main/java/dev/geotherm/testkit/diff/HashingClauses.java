package dev.geotherm.testkit.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about ignored paths, {@link StateDiffer#fingerprint} and {@link StateDiffer#codec}. */
abstract class HashingClauses extends ComposingClauses {
    private static final int CASES = 300;

    HashingClauses() {}

    /** Paths that the settings say to ignore. */
    @Nested
    class Ignoring {

        private void assertIgnored(String pattern, String a, String b) {
            require(DifferCapability.IGNORED_PATHS);
            StateDiffer differ = differ(DifferLimits.usual().ignoring(pattern));
            assertThat(differ.diff(json(a), json(b)).changes()).isEmpty();
            assertThat(differ.fingerprint(json(a))).isEqualTo(differ.fingerprint(json(b)));
        }

        private void assertCounted(String pattern, String a, String b) {
            require(DifferCapability.IGNORED_PATHS);
            StateDiffer differ = differ(DifferLimits.usual().ignoring(pattern));
            assertSame(differ.diff(json(a), json(b)).applyTo(json(a)), json(b));
            assertThat(differ.fingerprint(json(a))).isNotEqualTo(differ.fingerprint(json(b)));
        }

        @Test
        void whatIsAtAnIgnoredPathDoesNotCount() {
            assertIgnored("/a", "{'a':1,'b':1}", "{'a':{'x':2},'b':1}");
            assertIgnored("/a", "{'a':1,'b':1}", "{'b':1}");
            assertIgnored("/a~1b/~0", "{'a/b':{'~':1}}", "{'a/b':{'~':2}}");
            assertCounted("/a", "{'a':1,'b':1}", "{'a':1,'b':2}");
            assertCounted("/a/b", "{'b':1,'a':{}}", "{'b':2,'a':{}}");
        }

        @Test
        void aStarStandsForOneStep() {
            assertIgnored("/*/ts", "{'a':{'ts':1},'b':{'ts':1}}", "{'a':{'ts':2},'b':{}}");
            assertIgnored("/a/*/ts", "{'a':[{'ts':1},{'ts':1}]}", "{'a':[{'ts':3},{'ts':4}]}");
            assertCounted("/*/ts", "{'ts':1}", "{'ts':2}");
            assertCounted("/*/ts", "{'a':{'b':{'ts':1}}}", "{'a':{'b':{'ts':2}}}");
        }

        @Test
        void twoStarsStandForAnyNumberOfSteps() {
            assertIgnored("/**/ts", "{'ts':1,'a':{'ts':1,'b':[{'ts':1}]}}", "{'ts':2,'a':{'b':[{'ts':2}]}}");
            assertIgnored("/a/**", "{'a':{'b':1}}", "{'a':[2]}");
            assertCounted("/**/ts", "{'x':1}", "{'x':2}");
        }

        @Test
        void anIgnoredElementKeepsItsPlace() {
            assertIgnored("/1", "[1,2,3]", "[1,9,3]");
            assertCounted("/1", "[1,2,3]", "[1,2,4]");
            assertCounted("/1", "[1,2,3]", "[1,2]");
        }

        @Test
        void elementsMayBeToldApartByWhatIsIgnored() {
            require(DifferCapability.IGNORED_PATHS);
            StateDiffer differ = differ(DifferLimits.usual().ignoring("/*/id"));
            RandomCases.run(CASES, random -> {
                JsonNode a = elements(random);
                JsonNode b = elements(random);
                JsonNode result = differ.diff(a, b).applyTo(a);
                assertThat(differ.fingerprint(result))
                        .as("from %s to %s: %s", a, b, result)
                        .isEqualTo(differ.fingerprint(b));
            });
        }

        private JsonNode elements(Random random) {
            List<Integer> ids = new ArrayList<>(List.of(1, 2, 3, 4, 5));
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            for (int left = 1 + random.nextInt(4); left > 0; left--) {
                int id = ids.remove(random.nextInt(ids.size()));
                elements.addObject().put("id", id).put("v", random.nextInt(3));
            }
            return elements;
        }

        @Test
        void allOtherPathsAreExact() {
            require(DifferCapability.IGNORED_PATHS);
            StateDiffer differ = differ(DifferLimits.usual().ignoring("/**/ts", "/a/b", "/*/0"));
            StateDiffer strict = differ();
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                JsonNode b = RandomStates.variant(a, random);
                StateDelta delta = differ.diff(a, b);
                JsonNode result = delta.applyTo(a);
                assertThat(differ.fingerprint(result)).isEqualTo(differ.fingerprint(b));
                assertThat(differ.diff(result, b).changes()).isEmpty();
                assertThat(delta.isEmpty()).isEqualTo(differ.fingerprint(a).equals(differ.fingerprint(b)));
                assertSame(strict.diff(a, b).applyTo(a), b);
            });
        }
    }

    /** {@link StateDiffer#fingerprint}. */
    @Nested
    class Fingerprinting {

        @Test
        void theOrderOfMembersDoesNotMatter() {
            StateDiffer differ = differ();
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                assertThat(differ.fingerprint(RandomStates.shuffled(a, random))).isEqualTo(differ.fingerprint(a));
            });
        }

        @Test
        void differentStatesHaveDifferentFingerprints() {
            StateDiffer differ = differ();
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                JsonNode b = RandomStates.variant(a, random);
                assertThat(differ.fingerprint(a).equals(differ.fingerprint(b))).isEqualTo(JsonEquality.same(a, b));
            });
        }

        @Test
        void statesThatAreEasilyConfusedHaveDifferentFingerprints() {
            StateDiffer differ = differ();
            List<JsonNode> states = Stream.of(
                            "null",
                            "false",
                            "0",
                            "0.0",
                            "''",
                            "'0'",
                            "{}",
                            "[]",
                            "[[]]",
                            "[{}]",
                            "[null]",
                            "{'0':null}",
                            "['a','b']",
                            "['b','a']",
                            "{'a':'b'}",
                            "{'b':'a'}",
                            "{'a':{},'b':1}",
                            "{'a':{'b':1}}",
                            "{'':1}",
                            "{'a/b':1}",
                            "{'a~1b':1}",
                            "[1,[2]]",
                            "[[1],2]",
                            "[0,0]",
                            "[0]")
                    .map(DifferFixture::json)
                    .toList();
            Set<Fingerprint> fingerprints = new HashSet<>();
            states.forEach(state -> fingerprints.add(differ.fingerprint(state)));
            assertThat(fingerprints).hasSameSizeAs(states);
        }

        @Test
        void aNumberHasOneFingerprintInEveryJavaType() {
            assertThat(differ().fingerprint(IntNode.valueOf(7))).isEqualTo(differ().fingerprint(LongNode.valueOf(7)));
        }

        @Test
        void aStateOfThousandsOfLevelsHasAFingerprint() {
            StateDiffer differ = differ();
            assertThat(differ.fingerprint(RandomStates.nested(5_000, json("1"))))
                    .isNotEqualTo(differ.fingerprint(RandomStates.nested(5_000, json("2"))));
        }
    }

    /** {@link StateDiffer#codec}. */
    @Nested
    class Coding {

        @Test
        void aDecodedDeltaEqualsTheEncodedOne() {
            StateDiffer differ = differ();
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                StateDelta delta = differ.diff(a, RandomStates.variant(a, random));
                assertThat(differ.codec().decode(differ.codec().encode(delta))).isEqualTo(delta);
            });
        }

        @Test
        void everyKindOfChangeIsEncoded() {
            StateDiffer differ = differ();
            JsonNode before = json("{'a':1,'b':[1,2],'c':'x','d':{'e':0}}");
            StateDelta delta = StateDelta.ofJsonPatch(
                    json("[{'op':'move','from':'/a','path':'/d/f'},{'op':'add','path':'/b/1','value':null},"
                            + "{'op':'remove','path':'/b/0'},{'op':'replace','path':'/c','value':[]},"
                            + "{'op':'replace','path':'/d/e','value':1},{'op':'replace','path':'/d','value':{}},"
                            + "{'op':'replace','path':'/b','value':[9,8]},{'op':'replace','path':'/b','value':[]}]"),
                    before);
            assertThat(delta.changes()).hasSize(8);
            StateDelta decoded = differ.codec().decode(differ.codec().encode(delta));
            assertThat(decoded).isEqualTo(delta);
            assertSame(decoded.applyTo(before), delta.applyTo(before));
        }

        @Test
        void anEmptyDeltaIsEncoded() {
            DeltaCodec codec = differ().codec();
            assertThat(codec.decode(codec.encode(StateDelta.empty())).isEmpty()).isTrue();
        }

        @Test
        void bytesThatAreNoDeltaAreRefused() {
            DeltaCodec codec = differ().codec();
            for (byte[] bytes : new byte[][] {{}, {0}, "[]".getBytes(UTF_8), "null".getBytes(UTF_8), new byte[1000]}) {
                assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> codec.decode(bytes));
            }
        }

        @Test
        void damagedBytesAreRefusedOrADelta() {
            StateDiffer differ = differ();
            RandomCases.run(CASES, random -> {
                JsonNode a = RandomStates.state(random);
                byte[] bytes = differ.codec().encode(differ.diff(a, RandomStates.variant(a, random)));
                for (int i = 0; i < 10; i++) {
                    try {
                        assertThat(differ.codec().decode(damaged(bytes, random)))
                                .isNotNull();
                    } catch (DeltaException refused) {
                        assertThat(refused).hasMessageMatching("(?s).+");
                    }
                }
            });
        }

        private byte[] damaged(byte[] bytes, Random random) {
            byte[] damaged = Arrays.copyOf(bytes, bytes.length + (random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0));
            if (random.nextInt(3) == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            }
            for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            return damaged;
        }

        @Test
        void encodedBytesAreCounted() {
            StateDiffer differ = differ();
            ObjectNode after = JsonNodeFactory.instance.objectNode().put("a", "x".repeat(1000));
            byte[] bytes = differ.codec().encode(differ.diff(json("{}"), after));
            assertThat(differ.metrics().encodedBytes()).isEqualTo(bytes.length);
            assertThat(differ.metrics().deltaBytes()).isGreaterThan(1000);
        }
    }
}
