package dev.geotherm.anchors.analysis;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Map;

/**
 * A text in normal form, with its languages.
 *
 * @param text the text
 * @param languages the language of each script that occurs in it
 */
public record LanguageText(String text, Map<UnicodeScript, Language> languages) {

    /** Returns the codes of the languages, such as {@code und-latin} for unknown ones. */
    public List<String> codes() {
        return languages.values().stream().map(Language::code).toList();
    }
}
