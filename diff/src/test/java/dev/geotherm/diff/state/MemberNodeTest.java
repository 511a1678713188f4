package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Member maps compared with the JDK's maps, in many revisions: in-place changes of a commit are invisible to other
 * revisions.
 */
class MemberNodeTest {
    private record Revision(MemberNode map, Map<String, Object> model) {}

    @Test
    void commit_changesInPlaceAreInvisibleToOtherRevisions() {
        commitInPlace(20);
    }

    @Test
    @Tag("full")
    void commit_manyChangesInPlaceAreInvisibleToOtherRevisions() {
        commitInPlace(200);
    }

    private static void commitInPlace(int cases) {
        RandomCases.run(cases, random -> {
            int names = 1 + random.nextInt(random.nextBoolean() ? 60 : 4_000);
            List<Revision> all = new ArrayList<>();
            all.add(new Revision(MemberNode.none(new Object()), new HashMap<>()));
            for (int commit = 0; commit < 12; commit++) {
                // From any revision, not only the newest: failed commits also leave revisions.
                Revision base = all.get(random.nextInt(4) == 0 ? random.nextInt(all.size()) : all.size() - 1);
                int removing = random.nextInt(10);
                all.add(edited(base, random, names, removing));
            }
            all.forEach(revision -> assertIs(revision.map, revision.model));
        });
    }

    private static Revision edited(Revision base, Random random, int names, int removing) {
        MemberNode map = base.map.ownedBy(new Object());
        Map<String, Object> model = new HashMap<>(base.model);
        ChildSlot place = new ChildSlot();
        for (int i = random.nextInt(2 * names); i >= 0; i--) {
            String text = "n" + random.nextInt(names);
            Object value = "v" + random.nextInt(1_000);
            Object old = map.seek(text, place);
            assertThat(old).isEqualTo(model.get(text));
            if (old == null) {
                map = map.with(new MemberName(text), value);
                model.put(text, value);
            } else if (random.nextInt(10) < removing) {
                map = map.without(place.name);
                model.remove(text);
            } else {
                place.slots[place.index] = value;
                model.put(text, value);
            }
        }
        return new Revision(map, model);
    }

    private static void assertIs(MemberNode map, Map<String, Object> model) {
        Map<String, Object> found = new HashMap<>();
        map.forEach((name, value) -> assertThat(found.put(name.text, value)).isNull());
        assertThat(found).isEqualTo(model);
        model.forEach((name, value) -> assertThat(map.get(name)).isEqualTo(value));
        assertThat(map.get("absent")).isNull();
    }

    @Test
    void without_shrunkMapIsAsFlatAsASmallOne() {
        MemberNode map = MemberNode.none(new Object());
        List<MemberName> names = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            MemberName name = new MemberName("n" + i);
            names.add(name);
            map = map.with(name, i);
        }
        assertThat(map).isInstanceOf(MemberFork.class);
        for (MemberName name : names.subList(0, 19_999)) {
            map = map.without(name);
        }
        assertThat(map).isInstanceOf(MemberLeaf.class);
        assertThat(map.get("n19999")).isEqualTo(19_999);
    }
}
