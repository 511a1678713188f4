// Makes pairs/NAME/before.json and after.json, minified: of packages where pairs.tsv names two, else of random numbers.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** sfc32, seeded by a text: the same numbers on every machine. */
function generator(seed) {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const next = () => {
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (const char of seed) {
    a = (a ^ char.codePointAt(0)) | 0;
    next();
  }
  for (let i = 0; i < 20; i++) {
    next();
  }
  return {
    /** A double of 53 random bits, from 0 up to 1. */
    double: () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53,
    below: n => Math.floor((next() / 2 ** 32) * n),
  };
}

const shuffled = (list, random) => {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
};

/** Anchors by their ids. */
const anchors = (from, to, random, dimensions) => {
  const state = {};
  for (let i = from; i < to; i++) {
    state[`anchor-${i}`] = { heat: random.double(), concept: `concept ${i}` };
    if (dimensions > 0) {
      state[`anchor-${i}`].embedding = Array.from({ length: dimensions }, () => random.double() * 2 - 1);
    }
  }
  return state;
};

const elements = (count, random) =>
  Array.from({ length: count }, (_, i) => ({ id: i, name: `item ${i}`, value: random.below(1000) }));

/** A state of anchors and the one after some have another heat and others were added. */
const heated = (count, changed, added, dimensions) => random => {
  const before = anchors(0, count, random, dimensions);
  const after = structuredClone(before);
  for (const id of shuffled(Object.keys(before), random).slice(0, changed)) {
    after[id].heat = random.double();
  }
  return [before, Object.assign(after, anchors(count, count + added, random, dimensions))];
};

const edited = (count, edit) => random => {
  const before = elements(count, random);
  return [before, edit(structuredClone(before), random)];
};

const synthetic = {
  heat1000: heated(1000, 100, 0, 0),
  emb500: heated(500, 25, 10, 64),
  'arr1k-shuffle': edited(1000, shuffled),
  'arr10k-mod1': edited(10_000, list => {
    list[5000].value += 1;
    return list;
  }),
  'arr10k-ins': edited(10_000, list => {
    list.unshift({ id: 10_000, name: 'item 10000', value: 1 });
    list.splice(5000, 1);
    return list;
  }),
  'arr10k-move': edited(10_000, list => {
    list.splice(9000, 0, ...list.splice(100, 1));
    return list;
  }),
};

const published = name => {
  const file = `packages/${name.replaceAll('/', '+')}/state.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

for (const line of readFileSync('pairs.tsv', 'utf8').split('\n')) {
  const [name, , before, after] = line.split('\t');
  if (line === '' || line.startsWith('#') || existsSync(`pairs/${name}`)) {
    continue;
  }
  const pair = before === '-' ? synthetic[name](generator(name)) : [published(before), published(after)];
  if (pair.includes(undefined)) {
    console.error(`generate.mjs: ${name} needs ${before} and ${after}, which are not there`);
    continue;
  }
  const scratch = `pairs/.${name}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  writeFileSync(`${scratch}/before.json`, JSON.stringify(pair[0]));
  writeFileSync(`${scratch}/after.json`, JSON.stringify(pair[1]));
  renameSync(scratch, `pairs/${name}`);
  console.log(`${name}: ${[0, 1].map(i => JSON.stringify(pair[i]).length).join(' -> ')} characters`);
}
