package dev.geotherm.openai;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.RateLimit;
import dev.geotherm.api.Rates;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.openai.RequestFailure.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedder that requests vectors from a server. A text's vector depends only on the text and the settings, to the extent
 * that the server guarantees it. Blank texts are not sent; their vectors are all zeros. A failed call may leave its rows
 * partly overwritten.
 *
 * <p>The requests of one call are sent one after the other. Calls by several threads run concurrently and share the rate
 * limits.
 */
final class OpenAiEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiEmbedder.class);

    /** Short, so that a wrong endpoint is reported soon. */
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);

    private static final String PROBE = "dimension";

    private final OpenAiEmbedderSettings settings;
    private final RequestMetrics metrics = new RequestMetrics();
    private final TokenCalibration calibration = new TokenCalibration();
    private final Pause pause;
    private final RateLimit limit;
    private final EmbeddingsClient client;
    private final RequestSender sender;
    private final int dimension;

    private OpenAiEmbedder(OpenAiEmbedderSettings settings, ComponentContext context, DoubleSupplier random) {
        this.settings = settings;
        pause = new Pause(context.scheduler());
        limit = context.rateLimits().get(settings.rateLimit());
        limit.use(this, Rates.perMinute(settings.requestsPerMinute(), settings.tokensPerMinute()));
        client = new EmbeddingsClient(settings, context);
        sender = new RequestSender(client, limit, new Backoff(random), pause, context.clock(), metrics);
        dimension = settings.dimension() > 0 ? settings.dimension() : probed();
    }

    static OpenAiEmbedder open(OpenAiEmbedderSettings settings, ComponentContext context) {
        return open(settings, context, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Opens an embedder with a source of random numbers from 0 to 1, for the jitter between attempts. */
    static OpenAiEmbedder open(OpenAiEmbedderSettings settings, ComponentContext context, DoubleSupplier random) {
        return new OpenAiEmbedder(settings, context, random);
    }

    private int probed() {
        boolean done = false;
        try {
            Duration time =
                    settings.maxRetryTime().compareTo(LONGEST_PROBE) < 0 ? settings.maxRetryTime() : LONGEST_PROBE;
            int length = sender.send(List.of(PROBE), TokenEstimate.of(PROBE), 0, time)
                    .vectors()
                    .get(0)
                    .length;
            done = true;
            return length;
        } catch (RequestFailure failure) {
            throw failure.forUser();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    /** Returns the starts of the tokens as estimated for the limits of requests; the estimate is high rather than low. */
    @Override
    public int[] tokenStarts(String text) {
        return TokenEstimate.starts(text);
    }

    /** Returns the model, the server, and the settings that affect vectors, without limits, times or keys. */
    @Override
    public Optional<String> fingerprint() {
        return Optional.of("openai " + settings.model() + " at " + settings.shownEndpoint() + ", " + dimension
                + " numbers" + (settings.shortenVectors() ? " (shortened)" : "") + ", texts of " + settings.textTokens()
                + " tokens");
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public void embed(List<String> texts, float[][] into) {
        pause.requireOpen();
        check(texts.size(), into);
        long start = System.nanoTime();
        long length = 0;
        List<TextBatch.Entry> entries = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            length += text.length();
            if (text.isBlank()) {
                Arrays.fill(into[i], 0);
            } else {
                entries.add(entry(i, text));
            }
        }
        long maxTokens = Math.min(settings.batchTokens(), limit.largestCost());
        try {
            for (TextBatch batch : TextBatch.divide(entries, settings.batchTexts(), maxTokens, calibration)) {
                embed(batch, into);
            }
        } catch (RequestFailure failure) {
            throw failure.forUser();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
        metrics.embedded(texts.size(), length, System.nanoTime() - start);
    }

    private void check(int count, float[][] into) {
        if (into.length < count) {
            throw new IllegalArgumentException(count + " texts need " + count + " rows, there are " + into.length);
        }
        for (int i = 0; i < count; i++) {
            if (into[i].length != dimension) {
                throw new IllegalArgumentException("row " + i + " must have " + dimension
                        + " numbers, the embedder's dimension; its length is " + into[i].length);
            }
        }
    }

    private TextBatch.Entry entry(int row, String text) {
        TextBatch.Entry entry = new TextBatch.Entry(row, text);
        if (entry.estimate() <= settings.textTokens()) {
            return entry;
        }
        if (settings.whenTooLong() == WhenTooLong.REFUSE) {
            throw new GeothermException(
                    "text " + row + " has about " + entry.estimate() + " tokens, more than textTokens ("
                            + settings.textTokens() + ") allows; shorten it, or set whenTooLong to truncate");
        }
        return new TextBatch.Entry(row, TokenEstimate.truncate(text, settings.textTokens()));
    }

    private void embed(TextBatch batch, float[][] into) throws RequestFailure, InterruptedException {
        EmbeddingAnswer answer;
        try {
            answer = sender.send(
                    batch.strings(), calibration.expected(batch.estimate()), dimension, settings.maxRetryTime());
        } catch (RequestFailure failure) {
            if (failure.remedy() != Remedy.SPLIT) {
                throw failure;
            }
            embedLess(batch, failure, into);
            return;
        }
        calibration.observe(batch.estimate(), answer.tokens());
        for (int i = 0; i < batch.size(); i++) {
            normalize(answer.vectors().get(i), into[batch.texts().get(i).row()]);
        }
    }

    /** Embeds a batch that the server refused as too large: each half separately, or the first half of a single text. */
    private void embedLess(TextBatch batch, RequestFailure failure, float[][] into)
            throws RequestFailure, InterruptedException {
        LOG.debug("{}: a batch of {} texts is sent in parts", failure.getMessage(), batch.size());
        if (batch.size() > 1) {
            embed(batch.firstHalf(), into);
            embed(batch.secondHalf(), into);
            return;
        }
        TextBatch.Entry entry = batch.texts().get(0);
        String half = TokenEstimate.truncate(entry.text(), entry.estimate() / 2);
        if (settings.whenTooLong() == WhenTooLong.REFUSE
                || half.length() == entry.text().length()
                || half.isBlank()) {
            throw new RequestFailure(
                    Remedy.NONE,
                    "text " + entry.row() + " is too long, even alone in a request: " + failure.getMessage(),
                    failure.getCause());
        }
        embed(new TextBatch(List.of(new TextBatch.Entry(entry.row(), half))), into);
    }

    private static void normalize(float[] vector, float[] into) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            into[i] = (float) (vector[i] * scale);
        }
    }

    private GeothermException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new GeothermException("interrupted while waiting for " + client.server(), interrupted);
    }

    @Override
    public EmbedderMetrics metrics() {
        return metrics.snapshot();
    }

    @Override
    public void close() {
        pause.close();
        limit.leave(this);
        client.close();
    }
}
