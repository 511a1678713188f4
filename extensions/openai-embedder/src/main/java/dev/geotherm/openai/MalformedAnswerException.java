package dev.geotherm.openai;

/** An exception for a response without a vector for each text. Its message continues "the answer". */
final class MalformedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
