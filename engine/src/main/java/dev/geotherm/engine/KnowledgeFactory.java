package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Scheduler;
import dev.geotherm.profiles.runtime.Injectors;
import dev.geotherm.profiles.runtime.Platform;
import dev.geotherm.storage.FailureReason;
import java.io.IOException;
import java.nio.file.Path;

/** The factory of {@link Knowledge}. It claims platform and folder, opens the store, and wires the parts of the engine. */
final class KnowledgeFactory {
    private KnowledgeFactory() {}

    /** Returns the engine settings of the platform's profile. */
    static EngineSettings settings(Platform platform) {
        return platform.configuration().section(EngineSettings.class);
    }

    /** Returns the scheduler of the platform's engine. */
    static Scheduler scheduler(Platform platform) {
        return platform.context("engine").scheduler();
    }

    /** Opens an engine in a folder, which it closes at its end. */
    static Knowledge open(Platform platform, Path folder, EngineSettings settings, Scheduler scheduler) {
        EngineClaim.requireFree(platform);
        KnowledgeFolder opened = KnowledgeFolder.open(folder);
        try {
            Knowledge knowledge = open(platform, opened, true, settings, scheduler);
            knowledge.session().ownFolder();
            return knowledge;
        } catch (RuntimeException | Error failed) {
            try {
                opened.close();
            } catch (IOException too) {
                failed.addSuppressed(too);
            }
            throw failed;
        }
    }

    /** Opens a temporary engine with the profile's settings. The caller publishes and closes the folder. */
    static Knowledge temporary(Platform platform, KnowledgeFolder folder) {
        return open(platform, folder, false, settings(platform), scheduler(platform));
    }

    /** Opens a durable or temporary engine in a folder, which the caller closes. */
    static Knowledge open(
            Platform platform, KnowledgeFolder folder, boolean durable, EngineSettings settings, Scheduler scheduler) {
        EngineClaim.acquire(platform, folder.path());
        try {
            if (durable) {
                folder.requireForStore();
            } else {
                folder.requireForResults();
            }
            StoreGenerations generations =
                    new StoreGenerations(platform, folder, settings.splitter(platform.embedder()), durable);
            try {
                return Injectors.create(new KnowledgeModule(platform, folder, generations, settings, scheduler))
                        .getInstance(Knowledge.class);
            } catch (RuntimeException | Error failed) {
                generations.close();
                throw failed;
            }
        } catch (IOException failed) {
            EngineClaim.release(platform);
            throw new GeothermException(
                    "cannot open the knowledge in " + folder.path() + ": " + FailureReason.of(failed), failed);
        } catch (RuntimeException | Error failed) {
            EngineClaim.release(platform);
            throw failed;
        }
    }
}
