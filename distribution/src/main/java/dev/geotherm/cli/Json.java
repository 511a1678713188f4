package dev.geotherm.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.geotherm.cli.terminal.TerminalText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/** The JSON mapper of the command. */
public final class Json {
    /** The mapper, which also reads files of any size that the command wrote. */
    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false)
                    .build())
            .registerModule(new SimpleModule()
                    .addSerializer(Duration.class, new Seconds())
                    .addSerializer(Instant.class, ToStringSerializer.instance));

    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Json() {}

    /** A serializer of durations as seconds. */
    private static final class Seconds extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration duration, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeNumber(duration.toNanos() / 1e9);
        }
    }

    /** Returns indented JSON, with all terminal control characters escaped. */
    public static String pretty(JsonNode node) {
        try {
            return TerminalText.safeJson(PRETTY.writeValueAsString(node));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
