package dev.geotherm.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import dev.geotherm.profiles.config.Configuration;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The log of a run, written to a file at the profile's log level, and also to the terminal if the profile is verbose. */
final class RunLog implements AutoCloseable {
    private final Logger root;
    private final Logger fileOnly;
    private final Level before;
    private final FileAppender<ILoggingEvent> file = new FileAppender<>();

    RunLog(Path target, Configuration configuration) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        before = root.getLevel();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread] %logger: %replace(%msg){'(\\r?\\n)', '$1  '}%n");
        encoder.start();
        file.setContext(context);
        file.setName("run");
        file.setFile(target.toString());
        file.setAppend(false);
        file.setEncoder(encoder);
        file.start();
        root.addAppender(file);
        fileOnly = context.getLogger(RunLog.class);
        fileOnly.setAdditive(false);
        fileOnly.addAppender(file);
        String level = configuration.logLevel().name();
        root.setLevel(Level.toLevel(level));
        if (configuration.debug()) {
            show(root.getAppender("terminal"), level);
        }
    }

    private static void show(@Nullable Appender<ILoggingEvent> terminal, String level) {
        if (terminal != null) {
            terminal.clearAllFilters();
            ThresholdFilter filter = new ThresholdFilter();
            filter.setLevel(level);
            filter.start();
            terminal.addFilter(filter);
        }
    }

    /** Logs a failure with its stack trace, to the file only. */
    void failed(Exception failure) {
        fileOnly.error("The run failed", failure);
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.detachAppender(file);
        fileOnly.detachAppender(file);
        file.stop();
    }
}
