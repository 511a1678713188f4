package dev.geotherm.pool.pressure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContainerMemoryTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    private double share(String membership) throws IOException {
        Path file = Files.writeString(folder.resolve("membership"), membership);
        return ContainerMemory.of(folder, file).usedShare();
    }

    private void write(String group, String file, String content) throws IOException {
        Files.createDirectories(folder.resolve(group));
        Files.writeString(folder.resolve(group).resolve(file), content + "\n");
    }

    /** Writes the files of a container in which a process read a mapped index. */
    private void v2(String group) throws IOException {
        write(group, "memory.max", String.valueOf(1024 * MIB));
        write(group, "memory.current", String.valueOf(1063 * MIB));
        write(
                group,
                "memory.stat",
                "anon " + 200 * MIB + "\nfile " + 800 * MIB + "\nactive_file " + 780 * MIB + "\ninactive_file "
                        + 20 * MIB + "\nslab_reclaimable " + 13 * MIB + "\nslab_unreclaimable " + 10 * MIB);
    }

    @Test
    void usedShare_pageCacheIsNotUsed() throws IOException {
        v2("box");
        assertThat(share("0::/box\n")).isCloseTo(250.0 / 1024, within(0.001));
    }

    @Test
    void usedShare_fullestOfTheGroupAndThoseAboveCounts() throws IOException {
        v2("");
        write("box", "memory.max", "max");
        assertThat(share("0::/box\n")).isCloseTo(250.0 / 1024, within(0.001));
    }

    @Test
    void usedShare_neverIsBelowZero() throws IOException {
        v2("box");
        write("box", "memory.current", String.valueOf(500 * MIB));
        assertThat(share("0::/box\n")).isZero();
    }

    @Test
    void usedShare_version1() throws IOException {
        write("memory/box", "memory.limit_in_bytes", "1000");
        write("memory/box", "memory.usage_in_bytes", "950");
        write(
                "memory/box",
                "memory.stat",
                "active_file 900\ntotal_cache 500\ntotal_active_file 300\ntotal_inactive_file 50\ntotal_rss 600");
        assertThat(share("12:cpu,cpuacct:/box\n4:memory:/box\n0::/\n")).isEqualTo(0.6);
    }

    @Test
    void usedShare_version1InsideAContainerIsThatOfTheRoot() throws IOException {
        write("memory", "memory.limit_in_bytes", "1000");
        write("memory", "memory.usage_in_bytes", "950");
        write("memory", "memory.stat", "total_inactive_file 50");
        assertThat(share("4:memory:/docker/0123456789abcdef\n")).isEqualTo(0.9);
    }

    @Test
    void usedShare_version1WithoutALimitIsNearZero() throws IOException {
        write("memory", "memory.limit_in_bytes", "9223372036854771712");
        write("memory", "memory.usage_in_bytes", "950");
        write("memory", "memory.stat", "total_inactive_file 50");
        assertThat(share("4:memory:/\n")).isCloseTo(0, within(1e-9));
    }

    @Test
    void usedShare_damagedFilesAreNoPressure() throws IOException {
        for (String stat : new String[] {"inactive_file", "inactive_file ", "inactive_file many", "\n"}) {
            v2("box");
            write("box", "memory.stat", stat);
            write("box", "memory.current", stat.isBlank() ? "" : String.valueOf(1063 * MIB));
            assertThat(share("0::/box\n")).as(stat).isZero();
        }
    }

    @Test
    void usedShare_withoutGroupsIsZero() throws IOException {
        assertThat(share("")).isZero();
        assertThat(share("0::/nowhere\n1:name=systemd:/x\nnonsense\n")).isZero();
    }
}
