package dev.geotherm.anchors.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.geotherm.api.Extension;
import dev.geotherm.api.Extensions;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.Secret;
import dev.geotherm.api.Setting;
import dev.geotherm.api.SettingsException;
import dev.geotherm.api.anchor.ScrubRule;
import dev.geotherm.api.anchor.ScrubRule.Item;
import dev.geotherm.api.anchor.ScrubRuleFactory;
import dev.geotherm.api.anchor.ScrubbedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScrubberChoiceTest {
    private static final Secret KEY = Secret.of("0123456789abcdef");
    private static final String TEXT = "mail Jane@Example.org or jane [at] example [dot] org, room 7";

    @TempDir
    Path scratch;

    @Test
    void rules_onlyThoseThatAreChosenFind() {
        PersonalDataScrubber scrubber = choice(List.of("phone")).scrubber(extensions());
        assertThat(scrubber.scrub("jane@example.org, +49 30 901820").text()).isEqualTo("jane@example.org, [phone]");
    }

    @Test
    void rules_ofExtensionsAreConfiguredAndComeFirst() {
        PersonalDataScrubber scrubber = new ScrubberChoice(
                        List.of("built-in", "badge"), List.of("badge.word=call"), List.of(), Secret.of(""), "")
                .scrubber(extensions(factory("badge", settings -> finding("call \\+\\d{2}"))));
        assertThat(scrubber.scrub("call +49 30 901820").text()).isEqualTo("[badge] 30 901820");
        assertThat(scrubber.counts()).isEqualTo(Map.of("badge", 1L));
    }

    @Test
    void rules_ofExtensionsDoNothingUnlessTheyAreChosen() {
        Extensions extensions = extensions(factory("badge", settings -> {
            throw new AssertionError("created");
        }));
        assertThat(choice(List.of("built-in"))
                        .scrubber(extensions)
                        .scrub("room 7")
                        .replacements())
                .isEmpty();
    }

    @Test
    void scrubber_reportsAllProblemsAtOnce() {
        ScrubberChoice choice = new ScrubberChoice(
                List.of("emial", "badge"),
                List.of("badge.wrod=a", "phone.x=1", "nonsense"),
                List.of("email=hide", "card=drop", "badge=pseudonym"),
                Secret.of(""),
                "");
        assertThatThrownBy(() -> choice.scrubber(extensions(factory("badge", settings -> finding("x")))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("scrubRules: unknown scrub rule 'emial'")
                .hasMessageContaining("did you mean 'email'")
                .hasMessageContaining("scrubOptions: badge.wrod: unknown setting 'wrod'")
                .hasMessageContaining("'phone'")
                .hasMessageContaining("must be RULE.SETTING=VALUE for each setting, was 'nonsense'")
                .hasMessageContaining("was 'email=hide'")
                .hasMessageContaining("scrubActions: unknown scrub rule in use 'card'")
                .hasMessageContaining("scrubKey: must be set for pseudonyms");
    }

    @Test
    void scrubber_refusesARuleWithTheNameOfABuiltInOne() {
        assertThatThrownBy(() -> choice(List.of("email")).scrubber(extensions(factory("email", s -> finding("x")))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'email' is taken");
    }

    @Test
    void scrubber_refusesARuleThatFindsMarks() {
        assertThatThrownBy(() ->
                        choice(List.of("badge")).scrubber(extensions(factory("badge", s -> finding("[a-z]{5}")))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'badge' finds an item in the mark [badge]");
    }

    @Test
    void scrubber_refusesARuleThatCannotBeCreated() {
        assertThatThrownBy(() -> choice(List.of("badge")).scrubber(extensions(factory("badge", s -> {
                    throw new GeothermException("no list of names");
                }))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'badge' cannot be created: no list of names");
    }

    @Test
    void drop_removesTheWholeItem() {
        ScrubbedText scrubbed = actions(List.of("email=drop"), Secret.of("")).scrub(TEXT);
        assertThat(scrubbed.text()).isEqualTo("mail  or , room 7");
        assertThat(scrubbed.toOriginal(scrubbed.text().length())).isEqualTo(TEXT.length());
        assertThat(scrubbed.toOriginal(scrubbed.text().indexOf("room"))).isEqualTo(TEXT.indexOf("room"));
    }

    @Test
    void drop_whatIsJoinedIsScrubbedToo() {
        PersonalDataScrubber scrubber = new ScrubberChoice(
                        List.of("built-in", "badge"), List.of(), List.of("badge=drop"), Secret.of(""), "")
                .scrubber(extensions(factory("badge", s -> finding("X\\d"))));
        assertThat(scrubber.scrub("4111 1111 X11111 1111").text()).isEqualTo("[card]");
    }

    @Test
    void pseudonym_isTheSameForTheSameThing() {
        String scrubbed = actions(List.of("email=pseudonym"), KEY).scrub(TEXT).text();
        assertThat(scrubbed).matches("mail (\\[email:[a-p]{16}]) or \\1, room 7");
        assertThat(actions(List.of("email=pseudonym"), KEY).scrub(scrubbed).text())
                .isEqualTo(scrubbed);
        assertThat(actions(List.of("email=pseudonym"), KEY)
                        .scrub("john@example.org")
                        .text())
                .isNotEqualTo(actions(List.of("email=pseudonym"), KEY)
                        .scrub("jane@example.org")
                        .text());
    }

    @Test
    void pseudonym_isTheSameForEachWritingOfANumber() {
        PersonalDataScrubber scrubber = actions(List.of("card=pseudonym", "iban=pseudonym", "phone=pseudonym"), KEY);
        assertThat(scrubber.scrub("4111111111111111").text())
                .isEqualTo(scrubber.scrub("4111-1111-1111-1111").text());
        assertThat(scrubber.scrub("de89370400440532013000").text())
                .isEqualTo(scrubber.scrub("DE89 3704 0044 0532 0130 00").text());
        assertThat(scrubber.scrub("+49 (0)30 901820").text())
                .isEqualTo(scrubber.scrub("0049-30/901820").text());
    }

    @Test
    void pseudonym_isAnotherOneForAnotherKeyAndSoIsTheFingerprint() {
        PersonalDataScrubber one = actions(List.of("email=pseudonym"), KEY);
        PersonalDataScrubber other = actions(List.of("email=pseudonym"), Secret.of("fedcba9876543210"));
        assertThat(one.scrub(TEXT)).isNotEqualTo(other.scrub(TEXT));
        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint()).doesNotContain(KEY.reveal());
        assertThat(actions(List.of(), KEY).fingerprint())
                .isEqualTo(actions(List.of(), Secret.of("")).fingerprint());
    }

    @Test
    void pseudonym_keyCanBeInAFile() throws IOException {
        Path file = Files.writeString(scratch.resolve("key"), KEY.reveal() + "\n");
        PersonalDataScrubber scrubber = new ScrubberChoice(
                        List.of("built-in"), List.of(), List.of("email=pseudonym"), Secret.of(""), file.toString())
                .scrubber(extensions());
        assertThat(scrubber.scrub(TEXT))
                .isEqualTo(actions(List.of("email=pseudonym"), KEY).scrub(TEXT));
    }

    @Test
    void pseudonym_keyThatIsMissingShortOrDoubleIsRefused() {
        assertThatThrownBy(() -> actions(List.of("email=pseudonym"), Secret.of("short-secret")))
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("short-secret");
        assertThatThrownBy(() -> keyFile(Secret.of(""), "missing").scrubber(extensions()))
                .hasMessageContaining("scrubKeyFile: cannot be read");
        assertThatThrownBy(() -> keyFile(Secret.of(""), ".").scrubber(extensions()))
                .hasMessageContaining("is a folder, pipe or device");
        assertThatThrownBy(() -> keyFile(KEY, "missing").scrubber(extensions()))
                .hasMessageContaining("scrubKeyFile: must be empty if scrubKey is set")
                .hasMessageNotContaining(KEY.reveal());
        assertThat(keyFile(KEY, "missing").toString()).doesNotContain(KEY.reveal());
    }

    private ScrubberChoice keyFile(Secret key, String name) {
        String file = scratch.resolve(name).toString();
        return new ScrubberChoice(List.of("built-in"), List.of(), List.of("email=pseudonym"), key, file);
    }

    @Test
    void rule_thatThrowsIsNamedWithoutTheText() {
        assertThatThrownBy(() -> scrub(text -> {
                    throw new IllegalStateException("cannot read " + text);
                }))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("scrub rule 'badge' failed: java.lang.IllegalStateException at ")
                .hasMessageNotContaining("room")
                .hasNoCause();
        assertThatThrownBy(() -> scrub(text ->
                        Pattern.compile("(?:.|\\n)*x").matcher(text).results().count() > 0 ? List.of() : scrubDeep()))
                .hasMessageContaining("scrub rule 'badge'");
    }

    private static List<Item> scrubDeep() {
        return scrubDeep().subList(0, 1); // until the stack is full
    }

    @Test
    void rule_thatReturnsWrongItemsIsNamed() {
        assertWrong(List.of(new Item(0, 99)), "is not within the text");
        assertWrong(List.of(new Item(-1, 2)), "is not within the text");
        assertWrong(List.of(new Item(2, 2)), "is empty");
        assertWrong(List.of(new Item(3, 2)), "is empty");
        assertWrong(List.of(new Item(0, 3), new Item(2, 4)), "begins before the end of the item before it, 3");
        assertWrong(List.of(new Item(7, 8)), "cuts a character in two");
        assertThatThrownBy(() -> scrub(text -> null)).hasMessageContaining("scrub rule 'badge' failed");
    }

    private static void assertWrong(List<Item> items, String message) {
        assertThatThrownBy(() -> scrub(text -> items))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("scrub rule 'badge'")
                .hasMessageContaining(message);
    }

    @Test
    void rule_thatBacktracksWithoutBoundsIsEnded() {
        Pattern catastrophic = Pattern.compile("(?:z+)+x");
        ScrubRule rule = text -> catastrophic
                .matcher(text)
                .results()
                .map(found -> new Item(found.start(), found.end()))
                .toList();
        assertThatThrownBy(() -> scrubber(rule).scrub("z".repeat(1_000)))
                .isInstanceOf(GeothermException.class)
                .hasMessageContaining("scrub rule 'badge' does not come to an end");
    }

    private static ScrubbedText scrub(Function<CharSequence, List<Item>> search) {
        return scrubber(text -> text.toString().startsWith("[") ? List.of() : search.apply(text))
                .scrub("room 7 \uD83C\uDF0B");
    }

    private static PersonalDataScrubber scrubber(ScrubRule rule) {
        return choice(List.of("badge")).scrubber(extensions(factory("badge", settings -> rule)));
    }

    private static ScrubRule finding(String pattern) {
        return text -> Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> new Item(found.start(), found.end()))
                .toList();
    }

    private static PersonalDataScrubber actions(List<String> actions, Secret key) {
        return new ScrubberChoice(List.of("built-in"), List.of(), actions, key, "").scrubber(extensions());
    }

    private static ScrubberChoice choice(List<String> rules) {
        return new ScrubberChoice(rules, List.of(), List.of(), Secret.of(""), "");
    }

    record Settings(
            @Setting(defaultValue = "see", description = "A word.")
            String word) {}

    private static ScrubRuleFactory<Settings> factory(String name, Function<Settings, ScrubRule> create) {
        return new ScrubRuleFactory<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return "Finds something.";
            }

            @Override
            public Class<Settings> settings() {
                return Settings.class;
            }

            @Override
            public ScrubRule create(Settings settings) {
                return create.apply(settings);
            }
        };
    }

    private static Extensions extensions(ScrubRuleFactory<?>... factories) {
        return new Extensions() {
            @Override
            public <E extends Extension<?>> List<E> of(Class<E> type) {
                return List.of(factories).stream().map(type::cast).toList();
            }
        };
    }
}
