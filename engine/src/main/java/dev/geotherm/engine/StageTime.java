package dev.geotherm.engine;

/**
 * The time that the threads of an ingestion spent in one of its stages. Stages run at the same time, so their sum can be more
 * than the time of the ingestion.
 *
 * @param seconds the time in all threads
 * @param share its share of the time in all stages, from 0 to 1
 * @param perSecond the chunks of the ingestion by the time, in chunks per second; 0 if the stage took no time
 */
public record StageTime(double seconds, double share, double perSecond) {}
