package dev.geotherm.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {

    @Test
    void width_countsWideCharactersTwiceAndMarksNot() {
        assertThat(TerminalText.width("abc")).isEqualTo(3);
        assertThat(TerminalText.width("\u6e29\u6cc9")).isEqualTo(4);
        assertThat(TerminalText.width("\uD55C\uFF21")).isEqualTo(4);
        assertThat(TerminalText.width("\uD83D\uDE00")).isEqualTo(2);
        assertThat(TerminalText.width("e\u0301\u200B")).isEqualTo(1);
        assertThat(TerminalText.width("\u00e9\u0416")).isEqualTo(2);
        assertThat(TerminalText.padded("\u6e29", 4)).isEqualTo("\u6e29  ");
        assertThat(TerminalText.padded("toolong", 4)).isEqualTo("toolong");
    }

    @Test
    void safe_escapesControlCharacters() {
        assertThat(TerminalText.safe("a\u001b[2Jb\n\u0007\u202Ec\u0085\uD83D"))
                .isEqualTo("a\\u001b[2Jb\\u000a\\u0007\\u202ec\\u0085\\ud83d");
        assertThat(TerminalText.safe("\u6e29\uD83D\uDE00 e\u0301")).isEqualTo("\u6e29\uD83D\uDE00 e\u0301");
    }

    @Test
    void cut_shortensByColumns() {
        assertThat(TerminalText.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(TerminalText.cut("abcdefg", 6)).isEqualTo("abc...");
        assertThat(TerminalText.cut("\u6e29\u6cc9\u6e29\u6cc9", 6)).isEqualTo("\u6e29...");
    }
}
