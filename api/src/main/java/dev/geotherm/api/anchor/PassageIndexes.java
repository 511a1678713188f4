package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import dev.geotherm.api.GeothermException;
import java.nio.file.Path;

/**
 * A component that opens named passage indexes, temporary or durable.
 *
 * <p>Thread-safe. An index has the component's settings, overridden by those configured for its name.
 */
public interface PassageIndexes extends Component {

    /**
     * Opens an empty, temporary index, which is deleted when it is closed. Close it when it is no longer needed;
     * {@link #close()} of this component closes it otherwise.
     *
     * @param name for metrics, threads and messages; unique among the open indexes of this component
     * @throws IllegalArgumentException if an index of this name is open
     * @throws IllegalStateException if this component is closed
     * @throws GeothermException if its files cannot be written
     */
    PassageIndex open(String name);

    /**
     * Opens the durable index in a folder, as of its last {@link PassageIndex#commit commit}, or creates one. Writes
     * after that commit are discarded. Otherwise the same as {@link #open(String)}.
     *
     * @param folder a folder that holds nothing else; created if it is missing
     * @throws GeothermException if the folder is in use by another index of any process, holds other files, cannot be
     *     read or written, or is damaged; the message names the folder or file. {@link PassageIndex#verify} finds
     *     damage in data that opening does not read
     */
    PassageIndex open(String name, Path folder);

    @Override
    PassageIndexesMetrics metrics();

    /** Closes every open index; see {@link PassageIndex#close()}. */
    @Override
    void close();
}
