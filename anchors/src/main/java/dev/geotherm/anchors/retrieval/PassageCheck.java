package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Passage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The validation of a passage before it is indexed. */
final class PassageCheck {
    private static final int LONGEST_ID = 8_000;

    private PassageCheck() {}

    /** Returns the embedding normalised to length 1, or an empty array if vector searches must not find the passage. */
    static float[] unitVector(Passage passage, int length) {
        for (String each : List.of(passage.id(), passage.document())) {
            if (each.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
                throw new IllegalArgumentException("the id of a passage or document must have at most " + LONGEST_ID
                        + " bytes, this one is longer: " + each.substring(0, 100) + "…");
            }
        }
        float[] embedding = passage.embedding();
        if (embedding == null) {
            return new float[0];
        }
        if (embedding.length == 0 || (length >= 0 && embedding.length != length)) {
            throw new IllegalArgumentException("passage " + passage.id() + ": its embedding must have "
                    + (length < 0 ? "at least 1 number" : "the length of earlier ones, " + length) + ", was "
                    + embedding.length);
        }
        float[] unit = VectorMath.unit(embedding, "passage " + passage.id());
        return VectorMath.isZero(unit) ? new float[0] : unit;
    }
}
