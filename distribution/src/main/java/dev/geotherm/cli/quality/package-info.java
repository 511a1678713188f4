/** The comparison of two runs as tables, JSON, a picture, a page and a test report. */
@NullMarked
package dev.geotherm.cli.quality;

import org.jspecify.annotations.NullMarked;
