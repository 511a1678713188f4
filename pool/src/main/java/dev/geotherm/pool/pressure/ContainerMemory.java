package dev.geotherm.pool.pressure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of the container in which this process runs, read from Linux control groups, version 2 or 1. The kernel's
 * {@code Documentation/admin-guide/cgroup-v2.rst} and {@code cgroup-v1/memory.rst} describe the files.
 *
 * <p>The limit may be set for the group of the process or any ancestor; the fullest group counts. Memory that the
 * kernel can reclaim does not count as used: pages of files, including mapped files, and reclaimable kernel caches.
 */
public final class ContainerMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerMemory.class);
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path MINE = Path.of("/proc/self/cgroup");

    private final List<Group> limited;

    /** The names of a version's files, and of the lines of {@code memory.stat} with reclaimable memory. */
    private record Version(String limit, String usage, Set<String> droppable) {
        static final Version V2 =
                new Version("memory.max", "memory.current", Set.of("inactive_file", "active_file", "slab_reclaimable"));
        static final Version V1 = new Version(
                "memory.limit_in_bytes", "memory.usage_in_bytes", Set.of("total_inactive_file", "total_active_file"));
    }

    /** The folder of a group with a readable limit. */
    private record Group(Version version, Path folder) {}

    private ContainerMemory(List<Group> limited) {
        this.limited = limited;
    }

    /** Returns the memory of the container of this process. */
    public static ContainerMemory ofThisProcess() {
        return of(GROUPS, MINE);
    }

    /**
     * Returns the memory of a process, from the root folder of all groups and the file that lists the groups of the
     * process.
     */
    public static ContainerMemory of(Path groups, Path membership) {
        List<Group> limited = new ArrayList<>();
        try {
            for (String line : Files.exists(membership) ? Files.readAllLines(membership) : List.<String>of()) {
                String[] parts = line.split(":", 3); // hierarchy, controllers, group
                if (parts.length == 3 && parts[0].equals("0")) {
                    addLimited(limited, Version.V2, groups, parts[2]);
                } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
                    addLimited(limited, Version.V1, groups.resolve("memory"), parts[2]);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            LOG.debug("the container's memory limit cannot be read and is not monitored", unreadable);
        }
        return new ContainerMemory(limited);
    }

    /**
     * Adds a group and its ancestors; inside a container, the path may be that of the host, where only the root exists.
     */
    private static void addLimited(List<Group> limited, Version version, Path root, String group) {
        Path own = root.resolve(group.replaceFirst("^/+", "")).normalize();
        for (Path folder = own; folder != null && folder.startsWith(root); folder = folder.getParent()) {
            if (Files.isReadable(folder.resolve(version.limit))) {
                limited.add(new Group(version, folder));
            }
        }
    }

    /** Returns the used share of the limit; 0 without a limit. */
    public double usedShare() {
        return limited.stream().mapToDouble(ContainerMemory::usedShare).max().orElse(0);
    }

    private static double usedShare(Group group) {
        Version version = group.version();
        try {
            String limit = read(group, version.limit);
            if (limit.equals("max")) {
                return 0;
            }
            long used = Long.parseLong(read(group, version.usage));
            for (String line : Files.readAllLines(group.folder().resolve("memory.stat"))) {
                String[] parts = line.split(" ", 2);
                used -= version.droppable.contains(parts[0]) ? Long.parseLong(parts[parts.length - 1]) : 0;
            }
            return (double) Math.max(0, used) / Long.parseLong(limit);
        } catch (IOException | NumberFormatException unreadable) {
            LOG.debug("the memory of {} cannot be read", group.folder(), unreadable);
            return 0;
        }
    }

    private static String read(Group group, String file) throws IOException {
        return Files.readString(group.folder().resolve(file)).strip();
    }
}
