// node apply.mjs LIBRARY CASES: applies patches with fast-json-patch. Each line of CASES is {before, patch, after}.
// Prints the number of cases; fails at the first that gives another state.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const [library, cases] = process.argv.slice(2);
const { default: jsonpatch } = await import(pathToFileURL(library));
const lines = readFileSync(cases, 'utf8').split('\n').filter(line => line !== '');
for (const [number, line] of lines.entries()) {
  const { before, patch, after } = JSON.parse(line);
  let state;
  try {
    state = jsonpatch.applyPatch(before, patch, true).newDocument;
  } catch (refused) {
    state = `${refused.name} at operation ${refused.index}`;
  }
  if (!isDeepStrictEqual(state, after)) {
    console.log(`case ${number}: ${JSON.stringify(state).slice(0, 1000)}, and the case is ${line.slice(0, 4000)}`);
    process.exit(1);
  }
}
console.log(lines.length);
