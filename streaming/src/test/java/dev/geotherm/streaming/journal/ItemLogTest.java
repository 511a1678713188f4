package dev.geotherm.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.storage.log.DamagedLogException;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ItemLogTest {
    private static final LogHeader HEADER = new LogHeader("TESTITEM", 1, "");
    private static final LogOptions OPTIONS = new LogOptions(1 << 12, 1 << 10);

    @TempDir
    Path folder;

    private ItemLog log;

    @BeforeEach
    void open() throws Exception {
        log = ItemLog.open(folder, HEADER, OPTIONS);
    }

    @AfterEach
    void close() throws Exception {
        log.close();
    }

    private void reopen() throws Exception {
        log.close();
        open();
    }

    private long add(int tag, String item) throws Exception {
        return log.add(new byte[] {(byte) tag}, List.of(bytes(item)));
    }

    private static byte[] bytes(String item) {
        return item.getBytes(StandardCharsets.UTF_8);
    }

    private String read(long number) throws Exception {
        return new String(log.read(number), StandardCharsets.UTF_8);
    }

    @Test
    void numbers_ofEachTagAreThoseThatWereNotRemoved() throws Exception {
        long first = log.add(new byte[] {1, 2, 1}, List.of(bytes("a"), bytes("b"), bytes("c")));
        long fourth = add(2, "d");
        log.remove(first);
        reopen();
        assertThat(log.numbers(1)).containsExactly(first + 2);
        assertThat(log.numbers(2)).containsExactly(first + 1, fourth);
        assertThat(log.size()).isEqualTo(3);
        assertThat(read(first + 2)).isEqualTo("c");
        assertThat(read(first + 1)).isEqualTo("b");
        assertThat(read(fourth)).isEqualTo("d");
    }

    @Test
    void files_withoutItemsAreDeleted() throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            numbers.add(add(0, "x".repeat(500)));
        }
        assertThat(segments()).isGreaterThan(20);
        for (int i = 199; i >= 0; i--) { // out of order
            log.remove(numbers.get(i));
        }
        assertThat(segments()).isEqualTo(1);
        assertThat(log.bytes()).isLessThan(1 << 13);
    }

    @Test
    void files_thatFewItemsHoldUpAreDeletedToo() throws Exception {
        long old = add(3, "old");
        for (int i = 0; i < 400; i++) {
            log.remove(add(0, "x".repeat(500)));
        }
        assertThat(segments()).isLessThan(8);
        assertThat(read(old)).isEqualTo("old");
        reopen();
        assertThat(log.numbers(3)).containsExactly(old);
        assertThat(read(old)).isEqualTo("old");
        assertThat(log.size()).isEqualTo(1);
    }

    @Test
    void operations_agreeWithAMap() throws Exception {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            Map<Long, String> model = new TreeMap<>();
            log.numbers(0);
            for (int step = 0; step < 300; step++) {
                List<Long> live = new ArrayList<>(model.keySet());
                int choice = random.nextInt(20);
                if (choice == 0) {
                    reopen();
                } else if (choice < 10 && !live.isEmpty()) {
                    long number = live.get(random.nextInt(live.size()));
                    log.remove(number);
                    model.remove(number);
                } else {
                    int count = 1 + random.nextInt(4);
                    byte[] tags = new byte[count];
                    List<byte[]> items = new ArrayList<>();
                    List<String> texts = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        String text =
                                step + "-" + i + "x".repeat(random.nextInt(random.nextInt(50) == 0 ? 9_000 : 200));
                        tags[i] = (byte) (text.length() % 8);
                        texts.add(text);
                        items.add(bytes(text));
                    }
                    long number = log.add(tags, items);
                    for (String text : texts) {
                        model.put(number++, text);
                    }
                }
                assertThat(log.size()).as("seed %s, step %s", seed, step).isEqualTo(model.size());
                if (!model.isEmpty()) {
                    List<Long> now = new ArrayList<>(model.keySet());
                    long number = now.get(random.nextInt(now.size()));
                    assertThat(read(number)).as("seed %s, step %s", seed, step).isEqualTo(model.get(number));
                }
            }
            for (int tag = 0; tag < 8; tag++) {
                int wanted = tag;
                assertThat(log.numbers(tag))
                        .containsExactly(model.keySet().stream()
                                .filter(number -> model.get(number).length() % 8 == wanted)
                                .mapToLong(Long::longValue)
                                .toArray());
            }
            for (long number : model.keySet()) {
                log.remove(number);
            }
        }
    }

    @Test
    void open_refusesDamageThatNoCrashExplains() throws Exception {
        for (int i = 0; i < 20; i++) {
            add(0, "x".repeat(500));
        }
        log.close();
        Path first;
        try (Stream<Path> files = Files.list(folder)) {
            first = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(first);
        content[700] ^= 1;
        Files.write(first, content);
        assertThatThrownBy(this::open).isInstanceOf(DamagedLogException.class).hasMessageContaining("is damaged");
        content[700] ^= 1;
        Files.write(first, content);
        open();
        assertThat(log.size()).isEqualTo(20);
    }

    private long segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).count();
        }
    }
}
