package dev.geotherm.api;

/**
 * The rates that a service allows: requests, and their cost in a unit of the service, such as tokens. 0 means
 * unlimited.
 *
 * @param requestsPerSecond the maximum number of requests in any second
 * @param requestsPerMinute the maximum number of requests in any minute
 * @param costPerSecond the maximum cost in any second
 * @param costPerMinute the maximum cost in any minute
 */
public record Rates(
        @Setting(
                defaultValue = "0",
                description =
                        "Maximum number of requests in any second, for all users of the limit together; 0 for no limit.")
        long requestsPerSecond,

        @Setting(
                defaultValue = "0",
                description =
                        "Maximum number of requests in any minute, for all users of the limit together; 0 for no limit.")
        long requestsPerMinute,

        @Setting(
                defaultValue = "0",
                description =
                        "Maximum cost, such as tokens, in any second, for all users of the limit together; 0 for no limit.")
        long costPerSecond,

        @Setting(
                defaultValue = "0",
                description =
                        "Maximum cost, such as tokens, in any minute, for all users of the limit together; 0 for no limit.")
        long costPerMinute) {
    /** No limit. */
    public static final Rates UNLIMITED = new Rates(0, 0, 0, 0);

    /** Checks that no rate is negative. */
    public Rates {
        Problems problems = new Problems();
        requireNotNegative(problems, "requestsPerSecond", requestsPerSecond);
        requireNotNegative(problems, "requestsPerMinute", requestsPerMinute);
        requireNotNegative(problems, "costPerSecond", costPerSecond);
        requireNotNegative(problems, "costPerMinute", costPerMinute);
        problems.throwIfAny();
    }

    private static void requireNotNegative(Problems problems, String name, long rate) {
        problems.require(rate >= 0, name, "must be at least 0, was %s", rate);
    }

    /** Returns rates per minute. */
    public static Rates perMinute(long requests, long cost) {
        return new Rates(0, requests, 0, cost);
    }

    /** Returns whether there is no limit. */
    public boolean isUnlimited() {
        return equals(UNLIMITED);
    }

    /** Returns the lower of each pair of rates. */
    Rates lower(Rates other) {
        return new Rates(
                lower(requestsPerSecond, other.requestsPerSecond),
                lower(requestsPerMinute, other.requestsPerMinute),
                lower(costPerSecond, other.costPerSecond),
                lower(costPerMinute, other.costPerMinute));
    }

    private static long lower(long one, long other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }
}
