package dev.geotherm.cli.quality;

import dev.geotherm.cli.terminal.TerminalText;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A builder of XML and HTML. It escapes text and attributes, including their control characters. */
final class Markup {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter out;

    Markup() {
        try {
            out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Opens an element; each attribute is a name followed by its value. */
    Markup open(String element, Object... attributes) {
        return write(() -> {
            out.writeStartElement(element);
            attributes(attributes);
        });
    }

    Markup close() {
        return write(out::writeEndElement);
    }

    Markup empty(String element, Object... attributes) {
        return write(() -> {
            out.writeEmptyElement(element);
            attributes(attributes);
        });
    }

    Markup text(String content) {
        return write(() -> out.writeCharacters(TerminalText.safe(content)));
    }

    /** Writes text without markup but with line feeds, such as a style sheet. */
    Markup lines(String content) {
        return write(() -> out.writeCharacters(content));
    }

    /** Writes an element that contains only text. */
    Markup leaf(String element, String content, Object... attributes) {
        return open(element, attributes).text(content).close();
    }

    private void attributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            out.writeAttribute(String.valueOf(attributes[i]), TerminalText.safe(String.valueOf(attributes[i + 1])));
        }
    }

    private interface Step {
        void run() throws XMLStreamException;
    }

    private Markup write(Step step) {
        try {
            step.run();
            return this;
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the markup, followed by a line feed. */
    @Override
    public String toString() {
        write(out::flush);
        return text + "\n";
    }
}
