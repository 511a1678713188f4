package dev.geotherm.diff;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateDifferFactory;

/** The factory of {@link TreeDiffer}s, named {@code tree}. */
@SuppressWarnings("rawtypes") // a service is found by its raw type
@AutoService(StateDifferFactory.class)
public final class TreeDifferFactory implements StateDifferFactory<TreeDifferSettings> {

    /** Creates the factory; called by the service loader. */
    public TreeDifferFactory() {}

    @Override
    public String name() {
        return "tree";
    }

    @Override
    public String description() {
        return "Compares JSON trees member by member, and tracks states on the heap of one process.";
    }

    @Override
    public Class<TreeDifferSettings> settings() {
        return TreeDifferSettings.class;
    }

    @Override
    public StateDiffer create(TreeDifferSettings settings, ComponentContext context) {
        return new TreeDiffer(settings, context);
    }
}
