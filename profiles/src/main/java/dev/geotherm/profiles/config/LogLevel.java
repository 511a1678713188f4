package dev.geotherm.profiles.config;

/** How much is logged. */
public enum LogLevel {
    /** Failures only. */
    ERROR,
    /** And what may become one. */
    WARN,
    /** And what an operator wants to know. */
    INFO,
    /** And what a developer wants to know. */
    DEBUG,
    /** And everything. */
    TRACE
}
