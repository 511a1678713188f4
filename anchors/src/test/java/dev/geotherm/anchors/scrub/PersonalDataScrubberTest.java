package dev.geotherm.anchors.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.ScrubbedText.Replacement;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PersonalDataScrubberTest {
    private final PersonalDataScrubber scrubber = new PersonalDataScrubber();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to jane.doe+x@mail.example.org. | write to [email].",
                "card 4111 1111 1111 1111 ok | card [card] ok",
                "call 555 4111-1111-1111-1111 now | call 555 [card] now",
                "378282246310005 | [card]",
                "pay DE89 3704 0044 0532 0130 00 AND GO | pay [iban] AND GO",
                "GB82WEST12345698765432 | [iban]",
                "from 192.168.7.13 | from [ip]",
                "at fe80::1, ::1 and 2001:db8:0:0:0:0:2:1 | at [ip], [ip] and [ip]",
                "::ffff:10.0.0.1 | [ip]",
                "+49 30 901820 | [phone]",
                "0049 30 123456 | [phone]",
                "(555) 234-5678 or 1-800-555-0199 | [phone] or [phone]",
                "06 12 34 56 78 | [phone]",
                "tel. 1234567 | [phone]",
                "00491711234567 | [phone]",
                "+49\u00a030\u00a0901820 | [phone]",
                "030 901820, 030 901821 | [phone], [phone]",
                "4111\u00a01111\u20111111.1111? 4111.1111.1111.1111 | 4111\u00a01111\u20111111.1111? [card]",
                "\uff14\uff11\uff11\uff11 1111 1111 1111 | [card]",
                "DE89\u202f3704\u202f0044\u202f0532\u202f0130\u202f00 | [iban]",
                "'\"jane doe\"@example.org' | '[email]'",
                "jane%40example.org | [email]",
                "'\"a@b\"@example.org' | '[email]'",
                "'\"\u0094\"@example.org' | '[email]'",
                "list-jane=example.net@lists.example.org | [email]"
            })
    void scrub_replacesPersonalData(String text, String expected) {
        assertThat(scrubber.scrub(text).text()).isEqualTo(expected);
        assertThat(scrubber.scrub(expected).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111\n1111 1111",
                "4111-1111-\r\n1111-1111",
                "4111 1111 1111=\n 1111",
                "> > 4111 1111 \n> > 1111 1111",
                "4111\t1111\t1111\t1111",
                "4111_1111_1111_1111",
                "card4111111111111111",
                "card_4111111111111111",
                "4111111111111111EUR",
                "3782_822463_10005",
                "2201382000000013"
            })
    void scrub_findsCardsInAnyWriting(String text) {
        assertFound("card", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704 0044\n0532 0130 00",
                "DE89\t3704\t0044\t0532\t0130\t00",
                "DE89_3704_0044_0532_0130_00",
                "IBANDE89370400440532013000",
                "iban_DE89370400440532013000",
                "DE89370400440532013000EUR",
                "> DE89 3704\n> 0044 0532 0130 00"
            })
    void scrub_findsAccountNumbersInAnyWriting(String text) {
        assertFound("iban", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+49 30\n901820",
                "+49 171 234\r\n5678",
                "> +49 30\n> 901820",
                "(555)\n234-5678",
                "555-\n234-5678",
                "555-234-\n5678",
                "555_234_5678",
                "(555)\t234-5678",
                "030\n901820",
                "030/\n901820",
                "06 12 34\n56 78",
                "tel.\n0301234567",
                "tel:\t030 901820",
                "+49\t30\t901820",
                "+49_30_901820",
                "tel_030_901820",
                "phone_number=01711234567",
                "\"phone\": \"01711234567\"",
                "Telefonnummer: 0301234567",
                "phone5552345678",
                "call+4930901820",
                "tel=%2B4930901820",
                "+49 30 901820abc"
            })
    void scrub_findsTelephoneNumbersInAnyWriting(String text) {
        assertFound("phone", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jane&#64;example.org",
                "jane&#x40;example&#46;org",
                "jane&commat;example.org",
                "jane [at] example [dot] org",
                "jane[at]example[.]org",
                "jane (at) example (dot) org",
                "jane(AT)example.org",
                "jane {at} example {dot} org",
                "jane AT example DOT org",
                "jane@example[.]org",
                "jane[@]example.org",
                "jane@example [dot] org",
                "jane@\nexample.org"
            })
    void scrub_findsAddressesThatAreSpelledForPeople(String text) {
        assertFound("email", text);
        assertThat(EmailRules.EMAIL.canonical(text)).isEqualTo("jane@example.org");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192[.]168[.]7[.]13",
                "ip10.0.0.1",
                "10.0.0.9-10.0.0.10",
                "10.0.0.1_old",
                "fe80::1",
                "2001:db8::dead:beef"
            })
    void scrub_findsIpAddressesInAnyWriting(String text) {
        assertFound("ip", text);
    }

    /** Asserts that only marks, words and signs are left of a text. */
    private void assertFound(String kind, String text) {
        for (String around : List.of("%s", "see %s, please", "(%s)", "a\n%s\nb")) {
            String scrubbed = scrubber.scrub(around.formatted(text)).text();
            assertThat(scrubbed).contains("[" + kind + "]").doesNotContainPattern("\\d|example|jane");
            assertThat(scrubber.scrub(scrubbed).text()).isEqualTo(scrubbed);
        }
    }

    /** One of each kind that is invisible: format characters, controls, selectors, fillers, tags. */
    private static final List<String> INVISIBLE = List.of(
            "\u00ad",
            "\u200b",
            "\u200c",
            "\u200d",
            "\u200e",
            "\u202d",
            "\u2060",
            "\u2063",
            "\u2069",
            "\ufeff",
            "\u061c",
            "\u180e",
            "\u180b",
            "\u034f",
            "\u17b4",
            "\u115f",
            "\u3164",
            "\ufe0f",
            "\u0000",
            "\u0008",
            "\u007f",
            "\u0096",
            "\udb40\udc20",
            "\udb40\udd00");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89 3704 0044 0532 0130 00",
                "iban_DE89370400440532013000",
                "4111111111111111",
                "4111 1111\n1111 1111",
                "4111.1111.1111.1111",
                "jane.doe+x@mail.example.org",
                "\"jane doe\"@example.org",
                "jane%40example.org",
                "jane [at] example [dot] org",
                "jane AT example DOT org",
                "+49 30 901820",
                "00491711234567",
                "(555) 234-5678",
                "030/901820",
                "Telefonnummer: 0301234567",
                "192.168.7.13",
                "192[.]168[.]7[.]13",
                "2001:db8::dead:beef",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "AKIAIOSFODNN7EXAMPLE",
                "api_key=4f9a8b7c6d5e4f3a",
                "Authorization: Bearer 4f9a8b7c6d5e4f3a",
                "https://user:hunter2@example/path"
            })
    void scrub_invisibleCharactersDoNotHideItems(String item) {
        String plain = scrubber.scrub("see " + item + ", please").text();
        for (String invisible : INVISIBLE) {
            int step = invisible.equals("\u200b") ? 1 : 5;
            for (int at = 0; at <= item.length(); at += step) {
                assertFoundAs(plain, invisible, item.substring(0, at) + invisible + item.substring(at));
            }
            assertFoundAs(plain, invisible, item.replaceAll("(?=.)|(?<=.)", invisible));
        }
    }

    private void assertFoundAs(String plain, String invisible, String item) {
        String text = "see " + item + ", please";
        ScrubbedText scrubbed = scrubber.scrub(text);
        assertThat(scrubbed.text().replace(invisible, ""))
                .as(() -> Integer.toHexString(invisible.codePointAt(0)) + " in " + text)
                .isEqualTo(plain);
        assertThat(scrubber.scrub(scrubbed.text())).isEqualTo(ScrubbedText.unchanged(scrubbed.text()));
    }

    @Test
    void scrub_replacementsIncludeInvisibleCharacters() {
        ScrubbedText scrubbed =
                scrubber.scrub("\u200e10.0.\u200b0.1\u200c: 41\u00ad11 \ud835\udfcf111 1111 1111\ufeff.");
        assertThat(scrubbed.text()).isEqualTo("\u200e[ip]\u200c: [card]\ufeff.");
        assertThat(scrubbed.replacements())
                .containsExactly(new Replacement(1, 5, 1, 10), new Replacement(8, 14, 13, 34));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4111111111111111\u200b2024 | [card]\u200b2024",
                "server\u200b10.0.0.1\u200bonline | server\u200b[ip]\u200bonline",
                "555\u00ad234\u00ad5678 | [phone]"
            })
    void scrub_invisibleCharactersMayEndAnItem(String text, String expected) {
        assertThat(scrubber.scrub(text).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u06f1\u06f2 \u06a9\u062a\u0627\u0628\u200c\u0647\u0627 \u06f1\u06f3\u06f9\u06f8",
                "\u0915\u094d\u200d\u0937 \u0967\u0968\u0969\u096a",
                "\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22\u200b2567\u200b\u0e41\u0e25\u0e30\u200b2568",
                "family \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 of 3, \u2764\ufe0f 100, 1\ufe0f\u20e3 2\ufe0f\u20e3 3\ufe0f\u20e3",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f 2 : 1 \ud83c\uddeb\ud83c\uddf7",
                "Donau\u00addampf\u00adschiff 1\u00ad234, version\u00a01.\u200b2.3.4, v\u2060er\u00adsion 1.2.3.4",
                "logo@\u200b2x.png, @\u200bhome, git\u200b@github.com",
                "\ufeffid,name\r\n1,a\r\n\ufeff2,b",
                "\u202a12:30\u202c \u200f1948\u200e 2024-01-02"
            })
    void scrub_ordinaryTextKeepsItsInvisibleCharacters(String text) {
        assertThat(scrubber.scrub(text)).isEqualTo(ScrubbedText.unchanged(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo@2x.png",
                "icon@3x.webp and banner@1.5x.jpg",
                "photo@home.jpg, notes@2024.pdf",
                "tool@1.0.0-beta.rc, actions/checkout@v4.1.beta, @scope/pkg@2.0.0-next.canary",
                "jar 2.15.0.1",
                "upgraded from 2.15.0.0 to 2.15.0.1",
                "com.example:library:2.15.0.1",
                "\"version\": \"2.15.0.1\"",
                "<version>2.15.0.1</version>",
                "tool >= 2.15.0.1",
                "2.15.0.1-SNAPSHOT and 2.15.0.1-rc1",
                "the 2.15.0.1 release",
                "Windows 10.0.19.45",
                "add::dead:beef",
                "Boston, MA  02111-1307  USA",
                "Published: Aug 02 2002 12:00AM",
                "ranging in age from 19 to\njust over 30 for the oldest",
                "+++ parse.c 15 Aug 2002 13:49:51 -0000\t1.1.2.2",
                "bad::f00d and a::b1 and face::b00c and ::feed:face",
                "dead::beef, decade::1",
                "00:11:22:33:44:55:66:77",
                "4000\t4100\t4200\t4300\t4400\t4500\t4600\t4700",
                "a4111111111111111b",
                "deadbeef0x4111111111111111",
                "three (at least) and four (at most)",
                "cell1234567",
                "token: see below, password: required",
                "key=value, secret: $SECRET_1, token: /run/token1"
            })
    void scrub_leavesFilesVersionsAndProgramsUnchanged(String text) {
        assertThat(scrubber.scrub(text)).isEqualTo(ScrubbedText.unchanged(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIAIOSFODNN7EXAMPLE",
                "aws_secret_access_key = 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",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                "xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
                "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEpAIBAAKCAQEA75x\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ",
                "api_key=4f9a8b7c6d5e4f3a",
                "\"apiKey\": \"4f9a8b7c6d5e4f3a\"",
                "X-Api-Key: 4f9a8b7c6d5e4f3a",
                "Authorization: Bearer 4f9a8b7c6d5e4f3a",
                "password: hunter2hunter2",
                "https://user:hunter2@example/path",
                "sk_live_4eC39HqLyjWDarjtT1zdp7dc"
            })
    void scrub_findsSecrets(String text) {
        String scrubbed = scrubber.scrub("see " + text + ", please").text();
        assertThat(scrubbed).contains("[secret]").doesNotContainPattern("\\d|MII|b3B|wJal|AKIA|eyJ");
        assertThat(scrubber.scrub(scrubbed).text()).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1112",
                "DE88 3704 0044 0532 0130 00",
                "300.400.500.600",
                "version 1.2.3.4.5",
                "1,234,567.89 and 10 000 000 and 200 300 4000",
                "2024-01-02 10:11:12, 1234567890123, 3.14159265358979",
                "0.123 456 789",
                "std::vector a::b :: 12:30:45",
                "ISBN 978-3-16-148410-0",
                "a@b, @home, x@.y, a@., a@-",
                "version 1.2.3.4, chapter 10.1.2.3, § 1.2.3.4, Browser/2.0.0.11",
                "git@github.com",
                "0800-1234 items",
                "list[1::2] and list[::2]",
                "OS10 will be there in all shops today",
                "years 1998 1999 2000 2075 2066",
                "news?sid=02/10/07/1124226",
                "4.123456789012349"
            })
    void scrub_leavesOrdinaryTextsUnchanged(String text) {
        assertThat(scrubber.scrub(text)).isEqualTo(ScrubbedText.unchanged(text));
    }

    @Test
    void scrub_countsItems() {
        assertThat(scrubber.scrub("a.b@c.de x@y.org 10.0.0.1").replacements()).hasSize(3);
    }

    @Test
    void scrub_omittedRulesWouldChangeNothing() {
        GeneratedTexts texts = new GeneratedTexts(5);
        List<Supplier<String>> kinds =
                List.of(texts::email, texts::ip, texts::iban, texts::card, texts::phone, texts::decoy);
        for (int i = 0; i < 1_200; i++) {
            String item = kinds.get(i % kinds.size()).get();
            String text = texts.before() + item.replaceAll(i % 5 == 0 ? "[0-9]" : "$^", "x") + texts.after();
            ScrubbedText every = ScrubbedText.unchanged(text);
            for (PatternRule rule : PersonalDataScrubber.RULES) {
                every = ActiveRule.masking(rule).apply(every);
            }
            assertThat(scrubber.scrub(text)).isEqualTo(every);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "1 ",
                "@",
                "a@",
                "a.",
                "::",
                "1.",
                "+1",
                "(0",
                "0 ",
                "AA11",
                "tel ",
                "00 1 ",
                "99-",
                "\n",
                "1\n",
                "4111\n",
                "+1\n> ",
                "a [at] ",
                "a@[.]",
                "&#64;",
                "key=",
                "eyJa",
                "eyJa.",
                "://a:",
                "-----BEGIN PRIVATE KEY-----",
                "1_",
                "1\t",
                "AA11\n",
                "ab:c1:",
                "10.0.0.1 ",
                "\u00ad",
                "1\u200b",
                "a\u200b@",
                "4111\u00ad",
                "+1\u2060",
                "tel\u200d1 "
            })
    void scrub_hostileTextsTakeLinearTime(String unit) {
        String text = unit.repeat(100_000 / unit.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> scrubber.scrub(text));
    }
}
