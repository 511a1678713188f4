package dev.geotherm.anchors.scrub;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for keys, tokens and passwords. */
final class SecretRule {
    /** The first letters of the prefixes of {@link #TOKEN} and of the names of {@link #CREDENTIAL}. */
    private static final String FIRST_LETTERS = "AgxyspnhSrek";

    private static final String FIRST_LETTERS_OF_NAMES = "tTpPsScCaAeEmMlL";

    /**
     * Tokens with the prefix of an issuer (Amazon, GitHub, GitLab, Slack, Google, Stripe, OpenAI and Anthropic, npm, PyPI,
     * Hugging Face, SendGrid), JSON web tokens, and PEM private keys, even without an end line.
     */
    static final PatternRule TOKEN = new PatternRule(
            "secret",
            TextTraits.TOKEN,
            SecretRule::nextToken,
            Pattern.compile("(?<![A-Za-z0-9])(?:"
                    + "(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{16}(?![A-Za-z0-9])"
                    + "|gh[pousr]_[A-Za-z0-9]{20,255}+|github_pat_[A-Za-z0-9_]{20,255}+"
                    + "|gl(?:pat|dt|rt|cbt|ptt|soat)-[A-Za-z0-9_-]{16,255}+"
                    + "|xox[abeoprs](?:-[A-Za-z0-9]{6,255}+){1,6}+|xapp-[A-Za-z0-9-]{20,255}+"
                    + "|AIza[A-Za-z0-9_-]{30,40}+|ya29\\.[A-Za-z0-9_-]{20,1024}+"
                    + "|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}+|sk-[A-Za-z0-9_-]{20,255}+"
                    + "|npm_[A-Za-z0-9]{30,255}+|pypi-[A-Za-z0-9_-]{30,255}+|hf_[A-Za-z0-9]{30,255}+"
                    + "|SG\\.[A-Za-z0-9_-]{16,64}+\\.[A-Za-z0-9_-]{16,64}+"
                    + "|eyJ[A-Za-z0-9_-]{5,4096}+\\.eyJ[A-Za-z0-9_-]{5,16384}+\\.[A-Za-z0-9_-]{0,4096}+"
                    + ")|-{5}BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-{5}(?:[^-]{0,8192}+(?:-(?!-{4})[^-]{0,8192}+){0,8}+"
                    + "-{5}END [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-{5}"
                    + "|[A-Za-z0-9+/=\\s]{0,8192}+)"),
            (text, start, candidate) ->
                    hasDigit(candidate.group()) || candidate.group().startsWith("-") ? candidate.end() : start,
            UnaryOperator.identity());

    /** A qualified key, because the word "key" alone can name anything. */
    private static final String KEY =
            "(?:api|access|secret|private|auth|account|encryption|signing|master|client|shared|license)"
                    + "[_. -]?key(?:[_-]?id)?";

    private static final String VALUE = "[^\\s\"',;<>\\[\\](){}]";
    private static final Pattern REST = Pattern.compile(VALUE + "*+");

    /** A name such as {@code api_key} with its value, a credential in a header, or a user with a password in a URL. */
    static final PatternRule CREDENTIAL = new PatternRule(
            "secret",
            TextTraits.CREDENTIAL,
            SecretRule::nextCredential,
            Pattern.compile(
                    "(?:(?i:" + KEY + "|token|passw(?:or)?d|secret|pwd|passphrase|credentials?)[\"']?[ \\t]{0,3}"
                            + "(?::=|=>|[:=])[ \\t]{0,3}[\"']?|(?i:authorization[\"']?: ?[\"']?(?:bearer|basic|token) ))"
                            + "(?<value>" + VALUE + "{8,256}+)"
                            + "|(?<=://)(?<user>[^\\s:/@\\[\\]<>\"']{0,64}:[^\\s:/@\\[\\]<>\"']{1,128})(?=@)"),
            new CredentialCheck(),
            UnaryOperator.identity());

    private static final int SURELY_RANDOM = 20;

    private SecretRule() {}

    /** Returns the next first letter of a prefix, or the next five hyphens. */
    private static int nextToken(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean start = c == '-' ? text.startsWith("-----", i) : FIRST_LETTERS.indexOf(c) >= 0;
            if (start && (i == 0 || c == '-' || !Character.isLetterOrDigit(text.charAt(i - 1)))) {
                return i;
            }
        }
        return Starts.NONE;
    }

    /** Returns the next first letter of a name, anywhere in a word, or the next user of a URL. */
    private static int nextCredential(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (FIRST_LETTERS_OF_NAMES.indexOf(text.charAt(i)) >= 0 || text.startsWith("://", i - 3)) {
                return i;
            }
        }
        return Starts.NONE;
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    /** A check of the value without its name. */
    private static final class CredentialCheck implements PatternRule.Check {
        @Override
        public int start(Matcher candidate) {
            return candidate.group("user") != null ? candidate.start("user") : candidate.start("value");
        }

        @Override
        public int end(String text, int start, Matcher candidate) {
            if (candidate.group("user") != null) {
                return candidate.end();
            }
            Matcher rest = REST.matcher(text).region(candidate.end(), text.length());
            return !isRandom(candidate.group("value")) ? start : rest.lookingAt() ? rest.end() : candidate.end();
        }

        /**
         * Returns whether a value is not a word, variable or path: it mixes digits and letters, or is longer than any of
         * these.
         */
        private static boolean isRandom(String value) {
            boolean letter = value.chars().anyMatch(Character::isLetter);
            boolean reference =
                    value.startsWith("$") || value.startsWith("%") || value.startsWith("/") || value.contains("://");
            boolean mixed = value.chars().anyMatch(Character::isUpperCase)
                    && value.chars().anyMatch(Character::isLowerCase);
            return !reference && letter && (hasDigit(value) || (mixed && value.length() >= SURELY_RANDOM));
        }
    }
}
