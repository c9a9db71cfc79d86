// Times mathjs on one text: reads a line count and so many lines, then answers each further line with CPU seconds per parse.
import { createInterface } from 'node:readline';
import { parse } from 'mathjs';

const SAMPLE_SECONDS = 0.05;
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => (await lines.next()).value;

const count = Number(await next());
const text = (await Promise.all(Array.from({ length: count }, next))).join('\n');

/** CPU seconds of this process, which other processes do not lengthen. */
function cpuSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function secondsPerParse() {
  const start = cpuSeconds();
  let repeats = 0;
  do {
    parse(text);
    repeats += 1;
  } while (cpuSeconds() - start < SAMPLE_SECONDS);
  return (cpuSeconds() - start) / repeats;
}

for (let warm = 0; warm < 10; warm += 1) secondsPerParse(); // the compiler of V8 needs some hundred runs
for (let line = await next(); line !== undefined; line = await next()) console.log(secondsPerParse());
