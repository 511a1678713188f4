package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings of the graphs (such as HNSW) for vector searches in large segments.
 *
 * @param graphFrom the number of vectors from which a segment gets a graph; 0 for no graphs, which makes every search exact
 * @param graphCandidates the minimum number of candidates of a search in a graph
 * @param graphCost the approximate cost of a candidate in a graph search, in exact comparisons
 * @param graphDegree the maximum number of neighbours of each vector in a graph
 * @param graphBeam the number of candidates from which the neighbours of a new vector are chosen
 */
public record GraphSettings(
        @Setting(
                defaultValue = "200000",
                description = "Number of vectors from which a segment of the index gets a graph (HNSW), so that vector"
                        + " search is approximate; smaller segments are searched exactly. 0 for no graphs.")
        int graphFrom,

        @Setting(
                defaultValue = "100",
                description = "Minimum number of candidates of a search in a graph; more find more of the nearest"
                        + " vectors, and cost more.")
        int graphCandidates,

        @Setting(
                defaultValue = "200",
                description = "About how many exact comparisons cost as much as a candidate of a search in a graph: a"
                        + " search that costs less without the graph is exact.")
        int graphCost,

        @Setting(
                defaultValue = "16",
                description = "Number of neighbours of a vector in a graph, 2 to 512; more find more, and cost more"
                        + " time and disk space when the index is written.")
        int graphDegree,

        @Setting(
                defaultValue = "100",
                description = "Number of candidates from which the neighbours of a new vector are chosen, 1 to 3200;"
                        + " more find more, and cost more when the index is written.")
        int graphBeam) {

    /** Validates the bounds. */
    public GraphSettings {
        new Problems()
                .require(graphFrom >= 0, "graphFrom", "must be at least 0, was %s", graphFrom)
                .require(graphCandidates >= 1, "graphCandidates", "must be at least 1, was %s", graphCandidates)
                .require(graphCost >= 0, "graphCost", "must be at least 0, was %s", graphCost)
                .require(
                        graphDegree >= 2 && graphDegree <= 512,
                        "graphDegree",
                        "must be from 2 to 512, was %s",
                        graphDegree)
                .require(graphBeam >= 1 && graphBeam <= 3_200, "graphBeam", "must be from 1 to 3200, was %s", graphBeam)
                .throwIfAny();
    }

    /** Returns the minimum number of vectors for a search by graph. */
    int fewest() {
        return graphFrom == 0 ? Integer.MAX_VALUE : graphFrom;
    }
}
