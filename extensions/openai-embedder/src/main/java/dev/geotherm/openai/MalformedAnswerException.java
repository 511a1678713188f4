package dev.geotherm.openai;

/** An answer without a vector for each text; the message continues "the answer". */
final class MalformedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
