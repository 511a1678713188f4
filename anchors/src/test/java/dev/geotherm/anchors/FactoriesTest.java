package dev.geotherm.anchors;

import dev.geotherm.anchors.embedding.HashingEmbedderFactory;
import dev.geotherm.anchors.retrieval.LuceneIndexesFactory;
import dev.geotherm.anchors.store.MemoryAnchorsFactory;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.ComponentFactory;
import dev.geotherm.api.Settings;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.kind.ComponentKind;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.diff.TreeDiffer;
import dev.geotherm.diff.TreeDifferSettings;
import dev.geotherm.pool.striped.StripedPoolsFactory;
import dev.geotherm.pool.striped.StripedPoolsSettings;
import dev.geotherm.testkit.ComponentFactoryContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

final class FactoriesTest {

    @Nested
    final class Hashing extends ComponentFactoryContract {
        @Override
        protected ComponentFactory<?, ?> factory() {
            return new HashingEmbedderFactory();
        }

        @Override
        protected ComponentKind kind() {
            return ComponentKind.EMBEDDING;
        }
    }

    @Nested
    final class Lucene extends ComponentFactoryContract {
        @Override
        protected ComponentFactory<?, ?> factory() {
            return new LuceneIndexesFactory();
        }

        @Override
        protected ComponentKind kind() {
            return ComponentKind.RETRIEVAL;
        }
    }

    @Nested
    final class Memory extends ComponentFactoryContract {
        private final StateDiffer differ = new TreeDiffer(
                Settings.defaults(TreeDifferSettings.class), ComponentContext.standalone("factories-differ"));
        private final ObjectPools pools = new StripedPoolsFactory()
                .create(Settings.defaults(StripedPoolsSettings.class), ComponentContext.standalone("factories-pool"));

        @AfterEach
        void closeDifferAndPools() {
            differ.close();
            pools.close();
        }

        @Override
        protected ComponentFactory<?, ?> factory() {
            return new MemoryAnchorsFactory();
        }

        @Override
        protected ComponentKind kind() {
            return ComponentKind.ANCHORS;
        }

        @Override
        protected ComponentContext context(String instance) {
            return ComponentContext.standalone(instance)
                    .withWorkDirectory(folder.resolve(instance))
                    .with(ObjectPools.class, pools)
                    .with(StateDiffer.class, differ);
        }
    }
}
