package dev.geotherm.engine;

import dev.geotherm.api.anchor.ExplainedHit;

/**
 * A hit of a search, with its text and the reasons for its score.
 *
 * @param hit the hit
 * @param explanation the rankings and words that contribute to the score
 */
public record ExplainedSearchHit(SearchHit hit, ExplainedHit explanation) {}
