package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the contract of codecs: a correct one passes, and each fault fails the clause that it breaks. */
class DeltaCodecContractTest {
    private static final AtomicReference<Broken> VARIANT = new AtomicReference<>();

    @Test
    void contract_correctCodecPasses() {
        VARIANT.set(null);
        ContractRun run = ContractRun.of(Contract.class);
        assertThat(run.failures()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded()).isGreaterThan(15);
    }

    @ParameterizedTest
    @EnumSource
    void contract_brokenCodecFailsItsClause(Broken variant) {
        VARIANT.set(variant);
        try {
            assertThat(PlantedRuns.failing(Contract.class, Set.of(variant.clause))
                            .failed())
                    .containsExactly(variant.clause);
        } finally {
            VARIANT.set(null);
        }
    }

    @Test
    void contract_undeclaredDeepValuesFail() {
        Set<String> clauses = Set.of("encode_thousandsOfLevelsArriveOrAreRefused");
        assertThat(PlantedRuns.undeclared(CodecCapability.DEEP_VALUES, Contract.class, clauses)
                        .failed())
                .isEqualTo(clauses);
    }

    static final class Contract extends DeltaCodecContract {
        private final Set<CodecCapability> capabilities = PlantedRuns.declared(EnumSet.allOf(CodecCapability.class));

        @Override
        protected DeltaCodec create() {
            Broken variant = VARIANT.get();
            return new ReferenceCodec(variant);
        }

        @Override
        protected Set<CodecCapability> capabilities() {
            return capabilities;
        }
    }

    /** The faults of a codec, each with the clause that finds it. */
    enum Broken {
        FORGETS_MOVES("encode_movesArrive", delta -> without(delta, ChangeKind.MOVED), text -> text),
        FORGETS_SPLICES("encode_splicesArrive", delta -> without(delta, ChangeKind.TEXT_SPLICED), text -> text),
        ROUNDS_MAGNITUDES(
                "encode_everyMagnitudeArrives",
                delta -> mapped(
                        delta,
                        c -> new Change(
                                c.kind(),
                                c.path(),
                                c.from(),
                                c.before(),
                                c.after(),
                                c.splice(),
                                Math.round(c.magnitude() * 1000) / 1000.0)),
                text -> text),
        LOSES_ALL("decode_hasTheEffectOfTheEncodedDelta", delta -> StateDelta.empty(), text -> text),
        TAKES_NULL_FOR_NOTHING(
                "encode_nullMembersArriveOrAreRefusedWithTheirPath",
                delta -> mapped(delta, DeltaCodecContractTest::withoutNull),
                text -> text),
        TAKES_ANY_BYTES("decode_foreignBytesAreRefused", delta -> delta, text -> text.isEmpty() ? "[]" : text),
        TAKES_ANY_STATE("decode_againstAnotherStateIsRefused", delta -> delta, text -> text),
        MENDS_WHAT_WAS_CUT("decode_truncatedBytesAreRefused", delta -> delta, text -> text.endsWith("]") ? text : "[]");

        private final String clause;
        private final UnaryOperator<StateDelta> encoding;
        private final UnaryOperator<String> decoding;

        Broken(String clause, UnaryOperator<StateDelta> encoding, UnaryOperator<String> decoding) {
            this.clause = clause;
            this.encoding = encoding;
            this.decoding = decoding;
        }

        StateDelta encoding(StateDelta delta) {
            return encoding.apply(delta);
        }

        String decoding(String text) {
            return decoding.apply(text);
        }
    }

    private static StateDelta without(StateDelta delta, ChangeKind kind) {
        return new StateDelta(
                delta.changes().stream().filter(change -> change.kind() != kind).toList());
    }

    private static StateDelta mapped(StateDelta delta, UnaryOperator<Change> each) {
        return new StateDelta(delta.changes().stream().map(each).toList());
    }

    private static Change withoutNull(Change change) {
        JsonNode after = change.after();
        boolean nulls = after != null && after.toString().contains("{\"c\":null}");
        return nulls ? Change.added(change.path(), TextNode.valueOf("")) : change;
    }
}
