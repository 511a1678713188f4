/** The main job: a corpus becomes anchors, deltas, a state, and where there are judgements an evaluation of retrieval. */
@NullMarked
package dev.geotherm.engine;

import org.jspecify.annotations.NullMarked;
