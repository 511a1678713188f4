package dev.geotherm.streaming.flow;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.IngestionPipelines;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.streaming.LanePipelines;
import dev.geotherm.streaming.LanePipelinesSettings;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;
import org.reactivestreams.tck.flow.IdentityFlowProcessorVerification;

/** The Reactive Streams TCK: {@code untested_} rules, and those about several subscribers, are skipped. */
final class TckTest {
    private final IngestionPipelines pipelines = new LanePipelines(
            Settings.of(LanePipelinesSettings.class, Map.of("capacity", "100")), ComponentContext.standalone("tck"));
    private final AtomicInteger opened = new AtomicInteger();

    @AfterEach
    void close() {
        pipelines.close();
    }

    private IngestionPipeline<Integer> pipeline() {
        return pipelines.open(PipelineSpec.of("tck" + opened.incrementAndGet(), batch -> {}));
    }

    @TestFactory
    Stream<DynamicTest> subscriberAsABlackBox() {
        return Tck.tests(() -> new FlowSubscriberBlackboxVerification<Fragment<Integer>>(Tck.environment()) {
            @Override
            public Flow.Subscriber<Fragment<Integer>> createFlowSubscriber() {
                return new PipelineSubscriber<>(pipeline(), 10);
            }

            @Override
            public Fragment<Integer> createElement(int number) {
                return Tck.fragment(number);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> subscriberAsAWhiteBox() {
        return Tck.tests(() -> new FlowSubscriberWhiteboxVerification<Fragment<Integer>>(Tck.environment()) {
            @Override
            protected Flow.Subscriber<Fragment<Integer>> createFlowSubscriber(
                    WhiteboxSubscriberProbe<Fragment<Integer>> probe) {
                return new ProbedSubscriber(new PipelineSubscriber<>(pipeline(), 10), probe);
            }

            @Override
            public Fragment<Integer> createElement(int number) {
                return Tck.fragment(number);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> processorAndPublisher() {
        return Tck.tests(() -> new IdentityFlowProcessorVerification<Fragment<Integer>>(Tck.environment()) {
            @Override
            protected Flow.Processor<Fragment<Integer>, Fragment<Integer>> createIdentityFlowProcessor(int window) {
                return new PipelineProcessor<>(pipeline(), window);
            }

            @Override
            protected Flow.@Nullable Publisher<Fragment<Integer>> createFailedFlowPublisher() {
                PipelineProcessor<Integer> processor = new PipelineProcessor<>(pipeline(), 1);
                processor.onError(new IllegalStateException("planted"));
                return processor;
            }

            @Override
            public ExecutorService publisherExecutorService() {
                return Executors.newCachedThreadPool();
            }

            @Override
            public Fragment<Integer> createElement(int number) {
                return Tck.fragment(number);
            }

            @Override
            public long maxSupportedSubscribers() {
                return 1;
            }
        });
    }
}
