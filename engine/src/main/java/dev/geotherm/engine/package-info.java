/** The main job: a corpus becomes anchors, deltas, a state, and where there are judgements an evaluation of retrieval. */
@NullMarked
package dev.geotherm.cli.run;

import org.jspecify.annotations.NullMarked;
