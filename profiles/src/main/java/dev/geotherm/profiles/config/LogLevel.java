package dev.geotherm.profiles.config;

/** The level of detail of the log. */
public enum LogLevel {
    /** Failures only. */
    ERROR,
    /** Failures, and conditions that can lead to one. */
    WARN,
    /** Also what operators want to know. */
    INFO,
    /** Also what developers want to know. */
    DEBUG,
    /** Everything. */
    TRACE
}
