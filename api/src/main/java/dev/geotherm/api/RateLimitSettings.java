package dev.geotherm.api;

/**
 * The settings of a component's rate limit, a part of its settings record.
 *
 * @param rateLimit the name of the limit; empty for a limit that is not shared
 * @param rates the rates that the service allows, as far as this component knows
 */
public record RateLimitSettings(
        @Setting(
                defaultValue = "",
                description =
                        "Name of the rate limit; components with the same name share it. Empty for a limit that is not shared.")
        String rateLimit,

        Rates rates) {
    /** A limit that is not shared and has no rates. */
    public static final RateLimitSettings NONE = new RateLimitSettings("", Rates.UNLIMITED);
}
