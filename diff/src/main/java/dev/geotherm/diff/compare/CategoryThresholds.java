package dev.geotherm.diff.compare;

/**
 * The magnitudes from which changes count towards the category of a delta, each from 0 to 1.
 *
 * @param number the threshold for changed numbers
 * @param string the threshold for changed strings
 * @param list the threshold for arrays that are replaced as a whole
 */
public record CategoryThresholds(double number, double string, double list) {}
