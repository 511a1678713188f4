package dev.geotherm.anchors.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.ScrubbedText;
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
                "list-jane=example.net@lists.example.org | [email]"
            })
    void scrub_replacesPersonalData(String text, String expected) {
        assertThat(scrubber.scrub(text).text()).isEqualTo(expected);
        assertThat(scrubber.scrub(expected).text()).isEqualTo(expected);
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
            for (ScrubRule rule : PersonalDataScrubber.RULES) {
                every = rule.apply(every);
            }
            assertThat(scrubber.scrub(text)).isEqualTo(every);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "1", "1 ", "@", "a@", "a.", "::", "1.", "+1", "(0", "0 ", "AA11", "tel ", "00 1 ", "99-"})
    void scrub_hostileTextsTakeLinearTime(String unit) {
        String text = unit.repeat(300_000 / unit.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> scrubber.scrub(text));
    }
}
