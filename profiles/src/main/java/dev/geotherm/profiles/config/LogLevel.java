package dev.geotherm.profiles.config;

/** The level of detail of the log. */
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
