/** Ingestion pipelines that keep waiting fragments in one lane for each priority. */
@NullMarked
package dev.geotherm.streaming;

import org.jspecify.annotations.NullMarked;
