/**
 * The service-provider interface of Geotherm: component interfaces, settings, metrics and values.
 *
 * <p>Only the kinds that handle JSON need Jackson and deltas, and require them; object pools and pipelines run without.
 */
module dev.geotherm.api {
    requires static com.fasterxml.jackson.databind;
    requires static dev.geotherm.delta;
    requires static org.jspecify;

    exports dev.geotherm.api;
    exports dev.geotherm.api.anchor;
    exports dev.geotherm.api.batch;
    exports dev.geotherm.api.diff;
    exports dev.geotherm.api.document;
    exports dev.geotherm.api.kind;
    exports dev.geotherm.api.metrics;
    exports dev.geotherm.api.pool;
    exports dev.geotherm.api.streaming;

    uses dev.geotherm.api.anchor.ScrubRuleFactory;
}
