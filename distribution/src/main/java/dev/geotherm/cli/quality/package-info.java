/** Reports of a comparison of two runs: text tables, a chart, an HTML page and a JUnit report. */
@NullMarked
package dev.geotherm.cli.quality;

import org.jspecify.annotations.NullMarked;
