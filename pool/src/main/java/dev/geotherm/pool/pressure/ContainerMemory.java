package dev.geotherm.pool.pressure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of the container in which this process runs, from cgroup v2; the kernel's {@code
 * Documentation/admin-guide/cgroup-v2.rst} describes the files.
 *
 * <p>The limit can be set for the process's group or any of its ancestors; the fullest group counts. File pages that
 * the kernel can drop ({@code inactive_file}) do not count as used.
 */
public final class ContainerMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerMemory.class);
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path MINE = Path.of("/proc/self/cgroup");

    private final List<Path> limited;

    private ContainerMemory(List<Path> limited) {
        this.limited = limited;
    }

    /** Returns the memory of the container of this process. */
    public static ContainerMemory ofThisProcess() {
        return of(GROUPS, MINE);
    }

    /**
     * Returns the memory of the container of a process.
     *
     * @param groups the root folder of all groups
     * @param membership the file that names the group of the process
     */
    public static ContainerMemory of(Path groups, Path membership) {
        List<Path> limited = new ArrayList<>();
        try {
            for (String line : Files.exists(membership) ? Files.readAllLines(membership) : List.<String>of()) {
                if (line.startsWith("0::/")) { // the unified hierarchy
                    Path group = groups.resolve(line.substring("0::/".length())).normalize();
                    for (Path at = group; at != null && at.startsWith(groups); at = at.getParent()) {
                        if (Files.isReadable(at.resolve("memory.max"))) {
                            limited.add(at);
                        }
                    }
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            LOG.debug("the container's memory limit cannot be read and is not monitored", unreadable);
        }
        return new ContainerMemory(limited);
    }

    /** Returns the used share of the limit, at least 0; 0 without a limit. */
    public double usedShare() {
        return limited.stream().mapToDouble(ContainerMemory::usedShare).max().orElse(0);
    }

    private static double usedShare(Path group) {
        try {
            String max = Files.readString(group.resolve("memory.max")).strip();
            if (max.equals("max")) {
                return 0;
            }
            long current = Long.parseLong(
                    Files.readString(group.resolve("memory.current")).strip());
            long droppable = Files.readAllLines(group.resolve("memory.stat")).stream()
                    .filter(line -> line.startsWith("inactive_file "))
                    .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length())))
                    .sum();
            return (double) Math.max(0, current - droppable) / Long.parseLong(max);
        } catch (IOException | NumberFormatException unreadable) {
            LOG.debug("the memory of {} cannot be read", group, unreadable);
            return 0;
        }
    }
}
