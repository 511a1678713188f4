package dev.geotherm.profiles.config;

/** The level of detail of the log. */
public enum LogLevel {
    /** Failures only. */
    ERROR,
    /** Failures, and conditions that can lead to one. */
    WARN,
    /** Also events that interest operators. */
    INFO,
    /** Also events that interest developers. */
    DEBUG,
    /** Everything. */
    TRACE
}
