package dev.geotherm.engine.corpus;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * The visible text of an HTML page: the title, and the text with each block on separate lines.
 *
 * <p>Content that a browser does not show is omitted: scripts, templates, content for browsers without scripts, and hidden
 * elements. Words of different elements are separated, unless the elements are inline markup.
 */
record PageText(String title, String text) {
    /**
     * Inline elements, which do not separate words: {@code <b>re</b>open} is one word. All other elements separate words.
     */
    private static final Set<String> MARKUP = Set.of(
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
            "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
            "tspan", "tt", "u", "var", "wbr");

    /** Elements with content that a browser does not show. */
    private static final Set<String> UNSEEN = Set.of(
            "template",
            "noscript",
            "script",
            "style",
            "datalist",
            "iframe",
            "noembed",
            "noframes",
            "audio",
            "video",
            "canvas",
            "annotation",
            "annotation-xml",
            "rp",
            "metadata",
            "defs",
            "desc",
            "title");

    private static final Set<String> LINE_BREAKS = Set.of("br", "td", "th", "hr");
    private static final Pattern HIDDEN_STYLE =
            Pattern.compile("(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse))\\b");

    static PageText of(String html) {
        Document page = Jsoup.parse(html);
        Writer text = new Writer();
        page.body().filter(text);
        return new PageText(page.title(), text.text.toString().strip());
    }

    /** A visitor that writes the text of nodes. */
    private static final class Writer implements NodeFilter {
        private final StringBuilder text = new StringBuilder();
        private int preformatted; // the number of open preformatted elements
        private boolean afterLink;

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode words) {
                append(preformatted > 0 ? words.getWholeText() : words.text());
            } else if (node instanceof Element element) {
                if (isUnseen(element)) {
                    endWord();
                    return FilterResult.SKIP_ENTIRELY;
                }
                separate(element);
                preformatted += isPreformatted(element) ? 1 : 0;
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                preformatted -= isPreformatted(element) ? 1 : 0;
                separate(element);
                afterLink = element.nameIs("a");
            }
            return FilterResult.CONTINUE;
        }

        private void append(String words) {
            boolean drop =
                    words.isBlank() ? endsWith('\n') : preformatted == 0 && endsWith(' ') && words.startsWith(" ");
            text.append(!drop ? words : words.isBlank() ? "" : words.substring(1));
            afterLink &= words.isEmpty();
        }

        private boolean endsWith(char last) {
            return text.length() == 0 || text.charAt(text.length() - 1) == last;
        }

        private void separate(Element element) {
            if (element.isBlock() || LINE_BREAKS.contains(element.normalName())) {
                endLine();
            } else if (!MARKUP.contains(element.normalName()) || (afterLink && element.nameIs("a"))) {
                endWord();
            }
        }

        private void endLine() {
            if (preformatted == 0 && text.length() > 0 && endsWith(' ')) {
                text.setLength(text.length() - 1);
            }
            if (!endsWith('\n')) {
                text.append('\n');
            }
        }

        private void endWord() {
            if (text.length() > 0 && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                text.append(' ');
            }
        }
    }

    private static boolean isUnseen(Element element) {
        if (element.nameIs("body")) { // a hidden body, which a script would show
            return false;
        }
        return UNSEEN.contains(element.normalName())
                || (element.hasAttr("hidden") && !element.attr("hidden").equalsIgnoreCase("until-found"))
                || (element.nameIs("dialog") && !element.hasAttr("open"))
                || (element.nameIs("input") && element.attr("type").equalsIgnoreCase("hidden"))
                || HIDDEN_STYLE
                        .matcher(element.attr("style").toLowerCase(Locale.ROOT))
                        .find();
    }

    private static boolean isPreformatted(Element element) {
        return element.nameIs("pre") || element.nameIs("textarea");
    }
}
