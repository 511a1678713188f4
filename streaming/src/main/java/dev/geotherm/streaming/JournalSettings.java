package dev.geotherm.streaming;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;

/**
 * The settings for the fragments that a pipeline keeps on disk, in the folder of its {@link
 * dev.geotherm.api.streaming.PipelineSpec#withJournal specification}.
 *
 * @param journal whether each accepted fragment is on disk until it has its outcome
 * @param spill whether fragments that do not fit into memory wait on disk, so that their producers need not wait
 * @param journalBytes how many bytes on disk are permitted; producers wait while they are used up
 */
public record JournalSettings(
        @Setting(
                defaultValue = "false",
                description =
                        "Whether each accepted fragment is on disk until it has its outcome. It needs a folder, which"
                                + " the code that opens the pipeline names.")
        boolean journal,

        @Setting(
                defaultValue = "false",
                description = "Whether fragments that do not fit into memory wait on disk, in the same folder.")
        boolean spill,

        @Setting(
                defaultValue = "1GiB",
                description =
                        "Number of bytes that a pipeline may keep on disk; producers wait while they are used up.")
        DataSize journalBytes) {
    private static final DataSize SMALLEST = DataSize.parse("32KiB");

    /** Settings that keep nothing on disk. */
    static final JournalSettings NONE = new JournalSettings(false, false, DataSize.parse("1GiB"));

    /** Checks every value. */
    public JournalSettings {
        new Problems()
                .require(
                        journalBytes.compareTo(SMALLEST) >= 0,
                        "journalBytes",
                        "must be at least %s, was %s",
                        SMALLEST,
                        journalBytes)
                .throwIfAny();
    }

    /** Returns whether anything is kept on disk. */
    boolean isUsed() {
        return journal || spill;
    }
}
