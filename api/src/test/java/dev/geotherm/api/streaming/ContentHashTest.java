package dev.geotherm.api.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentHashTest {

    @Test
    void of_isEqualForEqualContentsOnly() {
        List<String> texts = List.of("x\ud800y", "x\ud801y", "x\ufffdy", "xy", "");
        for (String one : texts) {
            for (String other : texts) {
                assertThat(ContentHash.of(one).equals(ContentHash.of(new StringBuilder(other))))
                        .as("%s and %s", one, other)
                        .isEqualTo(one.equals(other));
            }
        }
        byte[] bytes = {1, 2, 3};
        assertThat(ContentHash.of(bytes)).isEqualTo(ContentHash.of(ByteBuffer.wrap(bytes.clone())));
        assertThat(ContentHash.of(42)).isEqualTo(42);
    }
}
