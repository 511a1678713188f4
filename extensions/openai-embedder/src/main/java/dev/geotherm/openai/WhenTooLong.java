package dev.geotherm.openai;

/** What happens to a text that is longer than the model allows. */
public enum WhenTooLong {
    /** Its beginning is embedded. */
    TRUNCATE,
    /** The call fails. */
    REFUSE
}
