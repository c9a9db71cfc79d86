// The program that the page opens with: that of a lesson, whose file is its only source.
import { readFileSync } from 'node:fs';

/** The lesson that the page opens with; app/lessons/start.py names the same one. */
const START_LESSON = 'sigmoid-neuron';

const text = readFileSync(new URL(`../app/lessons/${START_LESSON}.toml`, import.meta.url), 'utf8');
const program = /^program = '''\n([\s\S]*?)\n'''$/m.exec(text)?.[1];
if (program === undefined) throw new Error(`app/lessons/${START_LESSON}.toml has no program.`);

/** Constants for esbuild and vitest to put into the page's sources. */
export const startConstants = { START_PROGRAM: JSON.stringify(program) };
