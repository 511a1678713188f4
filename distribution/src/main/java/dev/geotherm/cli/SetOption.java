package dev.geotherm.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --set}, shared by several commands. */
final class SetOption {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Override a setting, such as pool.maxSize=200 or pool.use=striped; takes precedence over profile"
                            + " and environment. Repeatable.")
    private List<String> values = new ArrayList<>();

    List<String> values() {
        return List.copyOf(values);
    }
}
