package dev.geotherm.engine;

/**
 * The result of forgetting documents.
 *
 * @param documents documents that were removed
 * @param passages their passages
 * @param files files that were searched for remains, without a finding
 * @param bytes the size of these files
 * @param probes the texts for which they were searched: ids, and beginnings of passages
 */
public record ForgetResult(long documents, long passages, long files, long bytes, long probes) {}
