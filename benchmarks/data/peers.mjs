// node peers.mjs BEFORE AFTER PEER OUT: what a peer makes of a pair in Node. Writes its delta to OUT, prints a line of JSON:
// the times of comparing and applying, and whether the peer's own apply gives AFTER. Whoever calls it limits its time.
import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

const [beforeFile, afterFile, name, out] = process.argv.slice(2);
const before = JSON.parse(readFileSync(beforeFile, 'utf8'));
const after = JSON.parse(readFileSync(afterFile, 'utf8'));

const peers = {
  async 'fast-json-patch'() {
    const { default: library } = await import('fast-json-patch');
    return {
      diff: () => library.compare(before, after),
      apply: (state, delta) => library.applyPatch(state, delta).newDocument,
      changes: delta => delta.length,
    };
  },
  jsondiffpatch: () => jsondiffpatch({}),
  'jsondiffpatch-keyed': () =>
    jsondiffpatch({
      objectHash: value => value.id ?? value._id ?? value.hexcode ?? value.cca3 ?? JSON.stringify(value),
    }),
};

async function jsondiffpatch(options) {
  const { create } = await import('jsondiffpatch');
  const library = create(options);
  return {
    diff: () => library.diff(before, after),
    apply: (state, delta) => library.patch(state, delta),
    changes: leaves,
  };
}

/** Counts the leaves of a nested delta: arrays in an object of members or elements. */
function leaves(delta) {
  if (Array.isArray(delta)) {
    return 1;
  }
  return Object.entries(delta ?? {}).reduce((sum, [key, value]) => sum + (key === '_t' ? 0 : leaves(value)), 0);
}

/** Runs for about the given time, at least thrice; returns the least and the median in microseconds. */
function time(action, prepare, milliseconds) {
  const times = [];
  const end = performance.now() + milliseconds;
  while (times.length < 3 || performance.now() < end) {
    const input = prepare();
    const start = performance.now();
    action(input);
    times.push((performance.now() - start) * 1000);
  }
  times.sort((x, y) => x - y);
  return { min: times[0], median: times[times.length >> 1] };
}

const peer = await peers[name]();
const delta = peer.diff();
const text = JSON.stringify(delta);
writeFileSync(out, text);
const copy = () => structuredClone(before);
const right = isDeepStrictEqual(peer.apply(copy(), JSON.parse(text)), after);
console.log(
  JSON.stringify({
    changes: peer.changes(delta),
    right,
    diff: time(peer.diff, () => undefined, 1500),
    apply: time(state => peer.apply(state, structuredClone(delta)), copy, 500),
  }),
);
