package dev.geotherm.engine.corpus;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The visible text of an HTML page: its title, and its text with each block on separate lines. */
record PageText(String title, String text) {
    static PageText of(String html) {
        Document page = Jsoup.parse(html);
        StringBuilder text = new StringBuilder();
        page.body().traverse(new NodeVisitor() {
            @Override
            public void head(Node node, int depth) {
                if (node instanceof TextNode words) {
                    append(text, isPreformatted(node) ? words.getWholeText() : words.text());
                } else {
                    breakLine(text, node);
                }
            }

            @Override
            public void tail(Node node, int depth) {
                breakLine(text, node);
            }
        });
        return new PageText(page.title(), text.toString().strip());
    }

    private static void append(StringBuilder text, String words) {
        boolean atBreak = text.length() == 0 || text.charAt(text.length() - 1) == '\n';
        text.append(atBreak && words.isBlank() ? "" : words);
    }

    private static void breakLine(StringBuilder text, Node node) {
        boolean breaks = node instanceof Element element
                && (element.isBlock() || element.nameIs("br") || element.nameIs("td") || element.nameIs("th"));
        if (breaks && text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private static boolean isPreformatted(Node node) {
        for (Node parent = node.parent(); parent != null; parent = parent.parent()) {
            if (parent.nameIs("pre") || parent.nameIs("textarea")) {
                return true;
            }
        }
        return false;
    }
}
