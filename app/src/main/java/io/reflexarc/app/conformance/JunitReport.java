// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app.conformance;

import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report as JUnit's XML, which build servers read. Quirks of the original that we do not copy count as skipped. */
public final class JunitReport {
    private JunitReport() {}

    /** Writes it. */
    public static void write(ConformanceReport report, Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            suite(report, xml);
            xml.writeEndDocument();
            xml.close();
        } catch (IOException | XMLStreamException e) {
            throw new ProblemException(ProblemType.INVALID, "the report cannot be written to " + file + ": " + e);
        }
    }

    private static void suite(ConformanceReport report, XMLStreamWriter xml) throws XMLStreamException {
        List<CaseResult> results = report.results();
        long skipped = results.size()
                - report.failed()
                - results.stream().filter(CaseResult.Same.class::isInstance).count();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "conformance");
        xml.writeAttribute("tests", String.valueOf(results.size()));
        xml.writeAttribute("failures", String.valueOf(report.failed()));
        xml.writeAttribute("skipped", String.valueOf(skipped));
        for (CaseResult result : results) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", result.recorded().family());
            xml.writeAttribute("name", result.recorded().id());
            detail(result, xml);
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void detail(CaseResult result, XMLStreamWriter xml) throws XMLStreamException {
        switch (result) {
            case CaseResult.Same same -> {
                // nothing to say
            }
            case CaseResult.Skipped skipped -> skipped(skipped.reason(), xml);
            case CaseResult.Different different -> {
                if (different.counts()) {
                    xml.writeStartElement("failure");
                    xml.writeAttribute("message", "the verdicts differ");
                    xml.writeCharacters(printable("expected\n"
                            + String.join("\n", different.expected().lines()) + "\nfound\n"
                            + String.join("\n", different.found().lines())));
                    xml.writeEndElement();
                } else {
                    skipped(different.reason().orElse("a quirk of the original that is not copied"), xml);
                }
            }
        }
    }

    private static void skipped(String reason, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", printable(reason));
        xml.writeEndElement();
    }

    /** XML 1.0 has no place for control characters. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    }
}
