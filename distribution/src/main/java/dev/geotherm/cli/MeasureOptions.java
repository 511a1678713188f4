package dev.geotherm.cli;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.Measure;
import dev.geotherm.batch.measure.Qrels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that evaluate runs against judgements. */
final class MeasureOptions {
    @Option(
            names = "--qrels",
            required = true,
            paramLabel = "FILE",
            description =
                    "The judgements, as TREC (query 0 document grade) or BEIR (query-id, corpus-id, score) writes them;"
                            + " gzip and Zstandard are read.")
    private Path qrels;

    @Option(
            names = "--measure",
            paramLabel = "NAME",
            split = ",",
            converter = MeasureName.class,
            description =
                    "A measure, such as nDCG@10, MAP, MRR, P@5, Recall@100, Success@1, Rprec or bpref, or its name in"
                            + " trec_eval. Repeatable, or comma-separated. Default: nDCG@10, MAP, MRR, Recall@100.")
    private List<Measure> measures = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    Path qrels() {
        return qrels;
    }

    /**
     * Reads the judgements.
     *
     * @throws GeothermException if the file contains no judgement
     */
    Qrels judgements() {
        Qrels judgements = Qrels.read(qrels);
        if (judgements.queries().isEmpty()) {
            throw new GeothermException(qrels + ": has no judgements, expected lines 'query 0 document grade'");
        }
        return judgements;
    }

    List<Measure> measures() {
        return measures.isEmpty() ? Measure.DEFAULTS : measures;
    }

    boolean json() {
        return json;
    }

    /** A converter with a message that lists all measures. */
    static final class MeasureName implements ITypeConverter<Measure> {
        @Override
        public Measure convert(String value) {
            try {
                return Measure.parse(value);
            } catch (GeothermException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }
}
