/** The comparison of two runs as tables, a picture, a page and a test report. */
@NullMarked
package dev.geotherm.cli.quality;

import org.jspecify.annotations.NullMarked;
