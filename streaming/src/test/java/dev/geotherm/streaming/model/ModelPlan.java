package dev.geotherm.streaming.model;

import dev.geotherm.api.Settings;
import dev.geotherm.streaming.LanePipelinesSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * What a run of the model does, and the settings that it draws.
 *
 * @param journal whether accepted fragments are on disk, so that a process may crash
 * @param folder whether the pipeline has a folder for its journal
 * @param keys whether fragments have keys
 * @param duplicates whether fragments are sent twice, and duplicates dropped
 * @param deadlines whether fragments have deadlines
 * @param timesOut whether batches exceed their timeout
 */
record ModelPlan(
        boolean journal, boolean folder, boolean keys, boolean duplicates, boolean deadlines, boolean timesOut) {

    static ModelPlan of(Random random) {
        boolean journal = random.nextInt(2) == 0;
        boolean keys = random.nextInt(2) == 0;
        return new ModelPlan(
                journal,
                journal || random.nextInt(2) == 0,
                keys,
                !keys && random.nextInt(3) == 0, // a fragment that is sent again has an earlier version
                random.nextInt(3) == 0,
                random.nextInt(4) == 0);
    }

    LanePipelinesSettings settings(Random random, boolean hurried) {
        Map<String, String> texts = new HashMap<>();
        texts.put("capacity", String.valueOf(1 << random.nextInt(7)));
        texts.put("initialBatch", "1");
        texts.put("maxBatch", String.valueOf(1 + random.nextInt(20)));
        texts.put("workers", String.valueOf(1 + random.nextInt(4)));
        texts.put("adaptiveWorkers", String.valueOf(random.nextInt(4) == 0));
        texts.put("maxRetries", String.valueOf(random.nextInt(3)));
        texts.put("retryDelay", random.nextBoolean() ? "0ms" : "1ms");
        texts.put("maxRetryDelay", "2ms");
        texts.put("batchTimeout", timesOut ? "5ms" : "10m");
        texts.put("linger", random.nextInt(4) == 0 ? "1ms" : "0ms");
        texts.put("ageLimit", random.nextInt(4) == 0 ? "1ms" : "0s");
        texts.put("sojournLimit", random.nextInt(4) == 0 ? "1ms" : "0s");
        texts.put("closeTimeout", hurried ? "3ms" : "5m");
        texts.put("journal", String.valueOf(journal));
        boolean spill = folder && random.nextBoolean();
        texts.put("spill", String.valueOf(spill));
        texts.put("whenCritical", !spill && random.nextInt(3) == 0 ? "refuse" : "wait");
        return Settings.of(LanePipelinesSettings.class, texts);
    }
}
