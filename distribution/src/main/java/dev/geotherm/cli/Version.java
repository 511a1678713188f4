package dev.geotherm.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the command and of its Java runtime. */
final class Version implements IVersionProvider {

    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "geotherm " + number(),
            "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
