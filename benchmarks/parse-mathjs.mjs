// Times mathjs on one text: reads a line count and so many lines, then answers each further line with seconds per parse.
import { createInterface } from 'node:readline';
import { parse } from 'mathjs';

const SAMPLE_SECONDS = 0.05;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => (await lines.next()).value;

const count = Number(await next());
const text = (await Promise.all(Array.from({ length: count }, next))).join('\n');

function secondsPerParse() {
  const start = performance.now();
  let repeats = 0;
  do {
    parse(text);
    repeats += 1;
  } while (performance.now() - start < SAMPLE_SECONDS * 1000);
  return (performance.now() - start) / 1000 / repeats;
}

for (let warm = 0; warm < 10; warm += 1) secondsPerParse(); // the compiler of V8 needs some hundred runs
for (let line = await next(); line !== undefined; line = await next()) console.log(secondsPerParse());
