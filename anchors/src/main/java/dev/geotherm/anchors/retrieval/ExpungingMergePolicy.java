package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * A merge policy that, on demand, rewrites every segment that still contains removed passages or former anchors of passages.
 * Otherwise it behaves like Lucene's policy.
 */
final class ExpungingMergePolicy extends TieredMergePolicy {

    @Override
    public @Nullable MergeSpecification findForcedDeletesMerges(SegmentInfos infos, MergeContext context)
            throws IOException {
        MergeSpecification merges = new MergeSpecification();
        for (SegmentCommitInfo segment : infos) {
            boolean past = context.numDeletesToMerge(segment) > 0 || segment.hasFieldUpdates();
            if (past && !context.getMergingSegments().contains(segment)) {
                merges.add(new MergePolicy.OneMerge(List.of(segment)));
            }
        }
        return merges.merges.isEmpty() ? null : merges;
    }
}
