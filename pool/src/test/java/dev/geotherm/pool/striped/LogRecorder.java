package dev.geotherm.pool.striped;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** A recorder of the pools' log messages during a test. */
final class LogRecorder implements BeforeEachCallback, AfterEachCallback {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("dev.geotherm.pool");

    @Override
    public void beforeEach(ExtensionContext test) {
        appender.start();
        log.addAppender(appender);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        log.detachAppender(appender);
    }

    List<ILoggingEvent> events() {
        return appender.list;
    }
}
