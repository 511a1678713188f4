package dev.geotherm.openai;

/** The behaviour for a text that is longer than the model allows. */
public enum WhenTooLong {
    /** Its beginning is embedded. */
    TRUNCATE,
    /** The call fails. */
    REFUSE
}
