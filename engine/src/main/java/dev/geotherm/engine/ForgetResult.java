package dev.geotherm.engine;

/**
 * The result of forgetting documents.
 *
 * @param documents the number of removed documents
 * @param passages the number of removed passages
 * @param files the number of files searched for remains, without a finding
 * @param bytes the total size of these files
 * @param probes the number of texts searched for: ids and beginnings of passages
 */
public record ForgetResult(long documents, long passages, long files, long bytes, long probes) {}
