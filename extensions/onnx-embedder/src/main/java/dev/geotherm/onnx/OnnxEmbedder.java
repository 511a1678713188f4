package dev.geotherm.onnx;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * An embedder that runs a transformer model. Texts are never padded. With {@code batchTexts} 1, each text is a separate run
 * on one thread, so its vector is the same to the last bit in every batch and with any number of threads. This includes
 * quantized models, in which scales depend on the whole run. Blank texts are not run; their vectors are all zeros.
 */
final class OnnxEmbedder implements Embedder {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final OnnxEmbedderSettings settings;
    private final TextTokenizer tokenizer;
    private final TransformerModel model;
    private final String files;
    private final ExecutorService executor;
    private final LongAdder texts = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final Histogram nanos = new SynchronizedHistogram(SIGNIFICANT_DIGITS);

    /** Shared by calls and exclusive for close, because the model must not be closed during a run. */
    private final ReadWriteLock life = new ReentrantReadWriteLock();

    private boolean closed;

    private OnnxEmbedder(
            OnnxEmbedderSettings settings,
            TextTokenizer tokenizer,
            TransformerModel model,
            ExecutorService executor,
            String files) {
        this.settings = settings;
        this.files = files;
        this.tokenizer = tokenizer;
        this.model = model;
        this.executor = executor;
    }

    static OnnxEmbedder open(OnnxEmbedderSettings settings, ComponentContext context) {
        try (ModelFiles files = ModelFiles.find(settings.model())) {
            TextTokenizer tokenizer = TextTokenizer.read(files.tokenizer(), settings.maxTokens());
            boolean done = false;
            try {
                TransformerModel model = TransformerModel.load(files.model(), settings.device());
                done = true;
                return new OnnxEmbedder(
                        settings,
                        tokenizer,
                        model,
                        context.computeExecutor("run", settings.effectiveThreads()),
                        files.fingerprint());
            } finally {
                if (!done) {
                    tokenizer.close();
                }
            }
        }
    }

    /** Returns a fingerprint of the model's files and of the settings that affect vectors. */
    @Override
    public Optional<String> fingerprint() {
        return Optional.of("onnx " + files + ", " + dimension() + " numbers, "
                + settings.pooling().name().toLowerCase(Locale.ROOT) + " of " + settings.maxTokens() + " tokens");
    }

    @Override
    public int dimension() {
        return model.dimension();
    }

    /**
     * Returns the starts of the tokens that the model's tokenizer finds. A model adds two, for the beginning and the end,
     * within {@code maxTokens}.
     */
    @Override
    public int[] tokenStarts(String text) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the embedder is closed");
            }
            return text.isBlank() ? new int[0] : tokenizer.starts(text);
        } finally {
            life.readLock().unlock();
        }
    }

    @Override
    public void embed(List<String> input, float[][] into) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the embedder is closed");
            }
            check(input.size(), into);
            long start = System.nanoTime();
            run(tokenized(input, into), into);
            texts.add(input.size());
            characters.add(input.stream().mapToLong(String::length).sum());
            if (!input.isEmpty()) {
                nanos.recordValueWithCount(Math.max(0, System.nanoTime() - start) / input.size(), input.size());
            }
        } finally {
            life.readLock().unlock();
        }
    }

    private void check(int count, float[][] into) {
        if (into.length < count) {
            throw new IllegalArgumentException(count + " texts need " + count + " rows, there are " + into.length);
        }
        for (int i = 0; i < count; i++) {
            if (into[i].length != dimension()) {
                throw new IllegalArgumentException("row " + i + " must have " + dimension()
                        + " numbers, the embedder's dimension; its length is " + into[i].length);
            }
        }
    }

    private List<TokenizedText> tokenized(List<String> input, float[][] into) {
        List<TokenizedText> tokenized = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            long[] ids = input.get(i).isBlank() ? new long[0] : tokenizer.ids(input.get(i));
            if (ids.length == 0) {
                Arrays.fill(into[i], 0);
            } else {
                tokenized.add(new TokenizedText(i, ids));
            }
        }
        return tokenized;
    }

    private void run(List<TokenizedText> tokenized, float[][] into) {
        List<Callable<Void>> runs = new ArrayList<>();
        for (List<TokenizedText> group : TokenizedText.groups(tokenized, settings.batchTexts())) {
            runs.add(() -> {
                runGroup(group, into);
                return null;
            });
        }
        try {
            for (Future<Void> run : executor.invokeAll(runs)) {
                run.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeothermException("interrupted while embedding", interrupted);
        } catch (ExecutionException failed) {
            throw new GeothermException("embedding failed: " + failed.getCause(), failed.getCause());
        }
    }

    private void runGroup(List<TokenizedText> group, float[][] into) {
        int length = group.get(0).ids().length;
        float[] vectors = model.run(group.stream().map(TokenizedText::ids).toList());
        for (int i = 0; i < group.size(); i++) {
            pool(
                    vectors,
                    i * length,
                    settings.pooling() == Pooling.CLS ? 1 : length,
                    into[group.get(i).row()]);
        }
        tokens.add((long) group.size() * length);
    }

    /** Writes the mean of the vectors of {@code count} tokens, normalised to length 1. */
    private static void pool(float[] vectors, int firstToken, int count, float[] into) {
        double[] sums = new double[into.length];
        for (int token = firstToken; token < firstToken + count; token++) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += vectors[token * sums.length + i];
            }
        }
        double squares = 0;
        for (double sum : sums) {
            squares += sum * sum;
        }
        double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        for (int i = 0; i < sums.length; i++) {
            into[i] = (float) (sums[i] * scale);
        }
    }

    @Override
    public EmbedderMetrics metrics() {
        Histogram now = nanos.copy();
        return MetricsBuilder.of(EmbedderMetrics.class)
                .set("texts", texts.sum())
                .set("characters", characters.sum())
                .set("time", Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9))
                .set("tokens", tokens.sum())
                .build();
    }

    /** Closes the model after the calls in progress have ended. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                executor.shutdown();
                model.close();
                tokenizer.close();
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
