package dev.geotherm.engine;

/**
 * The time that the threads of an ingestion spent in one stage. Stages run concurrently, so their sum can exceed the time of
 * the ingestion.
 *
 * @param seconds the time in all threads
 * @param share the share of the time in all stages, from 0 to 1
 * @param perSecond the number of the ingestion's chunks divided by the time; 0 if the stage took no time
 */
public record StageTime(double seconds, double share, double perSecond) {}
