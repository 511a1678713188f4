package consumer;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.delta.Pointer;
import dev.geotherm.profiles.config.Configuration;
import dev.geotherm.profiles.config.Overrides;
import dev.geotherm.profiles.config.Profiles;
import dev.geotherm.profiles.plugin.Discovery;
import dev.geotherm.profiles.plugin.Plugins;
import dev.geotherm.profiles.runtime.Geotherm;
import dev.geotherm.profiles.runtime.GeothermModule;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A consumer of a platform with two kinds of components, with and without an injector. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        try (Platform platform = Geotherm.start("perf")) {
            TrackedState state = platform.differ().track(JsonNodeFactory.instance.objectNode());
            String patch = state.edit(editor -> editor.set(Pointer.parse("/heat"), DoubleNode.valueOf(0.2)))
                    .delta()
                    .toJsonPatch()
                    .toString();
            require(patch.equals("[{\"op\":\"add\",\"path\":\"/heat\",\"value\":0.2}]"), patch);
            require(
                    platform.configuration().kinds().equals(Set.of(ComponentKind.POOL, ComponentKind.DIFF)),
                    platform.configuration().kinds().toString());
            String missing = message(platform::indexes);
            require(missing.contains("geotherm-anchors"), missing);
        }
        String refused = message(() -> bind("retrieval.batchSize=3"));
        require(
                refused.contains("no retrieval implementation is installed; geotherm-anchors has one (--set)"),
                refused);
        Path folder = Files.createTempDirectory("work");
        try (GeothermModule geotherm = new GeothermModule(bind(), folder)) {
            Injector injector = Guice.createInjector(geotherm);
            require(injector.getInstance(ObjectPools.class).metrics().pools().isEmpty(), "pools");
            require(injector.getInstance(StateDiffer.class) != null, "differ");
            require(
                    injector.getExistingBinding(com.google.inject.Key.get(dev.geotherm.api.anchor.PassageIndexes.class))
                            == null,
                    "bound");
        }
        Files.delete(folder);
        System.out.println("ok");
    }

    private static Configuration bind(String... sets) {
        return Configuration.bind(
                Profiles.builtIn(), "balanced", Overrides.of(Map.of(), List.of(sets)), Discovery.of(Plugins.none()));
    }

    private static String message(Runnable work) {
        try {
            work.run();
            return "nothing was thrown";
        } catch (IllegalStateException | GeothermException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static void require(boolean condition, String found) {
        if (!condition) {
            throw new IllegalStateException(found);
        }
    }
}
