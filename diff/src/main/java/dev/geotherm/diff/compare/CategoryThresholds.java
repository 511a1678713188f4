package dev.geotherm.diff.compare;

/**
 * The magnitudes from which changes count in the category of a delta, each from 0 to 1.
 *
 * @param number for changed numbers
 * @param string for changed strings
 * @param list for arrays that are replaced as a whole
 */
public record CategoryThresholds(double number, double string, double list) {}
