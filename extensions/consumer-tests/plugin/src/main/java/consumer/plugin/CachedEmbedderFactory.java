package consumer.plugin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Setting;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.EmbedderFactory;
import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.metrics.Distribution;
import java.util.List;

/** The factory of an embedder that caches vectors in another version of Caffeine than the platform's. */
public final class CachedEmbedderFactory implements EmbedderFactory<CachedEmbedderFactory.CachedSettings> {

    /** The settings. */
    public record CachedSettings(
            @Setting(defaultValue = "10", description = "Vectors that are kept.")
            int kept) {}

    @Override
    public String name() {
        return "cached";
    }

    @Override
    public String description() {
        return "One number for each text, kept in a cache.";
    }

    @Override
    public Class<CachedSettings> settings() {
        return CachedSettings.class;
    }

    @Override
    public Embedder create(CachedSettings settings, ComponentContext context) {
        if (Caffeine.class.getClassLoader() != getClass().getClassLoader()) {
            throw new IllegalStateException("the platform's Caffeine is used, not the plugin's");
        }
        Cache<String, Float> cache =
                Caffeine.newBuilder().maximumSize(settings.kept()).build();
        return new Embedder() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public void embed(List<String> texts, float[][] into) {
                for (int i = 0; i < texts.size(); i++) {
                    into[i][0] = cache.get(texts.get(i), text -> text.isEmpty() ? 0f : 1f);
                }
            }

            @Override
            public EmbedderMetrics metrics() {
                return new EmbedderMetrics(0, 0, Distribution.EMPTY);
            }

            @Override
            public void close() {}
        };
    }
}
