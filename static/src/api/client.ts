/** Calls of the JSON API. Non-finite numbers arrive as words and leave as numbers. */
import type { Answer, Conventions, Curve, Filler, GradientCheck, Lesson, Operation, Problem } from './model';

export interface EvaluateRequest {
  source: string;
  values?: Readonly<Record<string, number>>;
  conventions?: Conventions;
  expand?: readonly string[];
  /** Tensors with more entries are told by a summary. */
  max_elements?: number;
}

/** One node of a program that varies: a leaf by its name, or any node by its id. */
export type Varied = { leaf: string } | { node: string };

export type CurveRequest = EvaluateRequest & Varied & { span: number; points: number };
export type CheckRequest = EvaluateRequest & Varied;

/** The program was answered with problems: nothing of it was computed. */
export class ProgramProblems extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems[0]?.message ?? 'The program could not be read.');
  }
}

/** The server did not answer, or answered with something that is not the API's. */
export class ServerAway extends Error {}

const NON_FINITE = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);
const NUMERIC_FIELDS = new Set(
  'value gradient local upstream downstream x slope low high before after step numeric difference tolerance total factors product part exact learning_rate'.split(' '),
);

function numberFrom(value: unknown): unknown {
  return typeof value === 'string' ? (NON_FINITE.get(value) ?? value) : value;
}

function decode(key: string, value: unknown): unknown {
  if (NUMERIC_FIELDS.has(key)) return Array.isArray(value) ? value.map(numberFrom) : numberFrom(value);
  if ((key === 'gradients' || key === 'values') && value !== null && typeof value === 'object') {
    const decoded: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [name, item] of Object.entries(value)) {
      decoded[name] = numberFrom(item);
    }
    return decoded;
  }
  return value;
}

const HAS_WORDS = /"(NaN|-?Infinity)"/;

/** The same as with `decode`, at a tenth of its cost, where every number is finite: nearly always. */
function parsed(text: string): unknown {
  if (HAS_WORDS.test(text)) return JSON.parse(text, decode);
  const body = JSON.parse(text) as unknown;
  if (body !== null && typeof body === 'object') {
    // Names of leaves are free: none may be taken for a member that every object has.
    const answer = body as Record<string, unknown>;
    for (const key of ['gradients', 'values']) if (answer[key]) answer[key] = decode(key, answer[key]);
  }
  return body;
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return parsed(text);
  } catch {
    throw new ServerAway('The answer of the server could not be read.');
  }
}

async function call(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...init.headers, prefer: 'status=200' } });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ServerAway('No answer from the server.');
  }
  const body = await answerOf(response);
  if (!isProblem(response)) {
    if (response.ok) return body;
    throw new ServerAway('No answer from the server.');
  }
  const { status, errors, detail } = body as { status?: number; errors?: Partial<Problem>[]; detail?: string };
  // 504 is about the program: asked again, it would take as long again.
  if (status === undefined || status === 429 || (status >= 500 && status !== 504)) throw new ServerAway('No answer from the server.');
  throw new ProgramProblems((errors ?? [{ code: 'request', message: detail ?? 'The program was refused.' }]).map(problemFrom));
}

/** Problems come as a document of their own type; its status is inside, for we prefer 200 outside (a silent console). */
function isProblem(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').startsWith('application/problem+json');
}

function problemFrom(error: Partial<Problem>): Problem {
  return {
    code: error.code ?? 'problem',
    message: error.message ?? 'The program could not be read.',
    hint: error.hint ?? null,
    span: error.span ?? null,
    fix: error.fix ?? null,
    field: error.field ?? null,
  };
}

function post(path: string, request: unknown, signal: AbortSignal | null = null): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return call(path, { method: 'POST', headers, body: JSON.stringify(request), signal });
}

export async function evaluate(request: EvaluateRequest, signal: AbortSignal): Promise<Answer> {
  const answer = (await post('/api/v1/evaluate', request, signal)) as Answer;
  if (!answer.nodes.some(({ shape }) => shape.length > 0)) return answer;
  return (await import('./tensors')).withTensors(answer);
}

export async function fetchCurve(request: CurveRequest): Promise<Curve> {
  return (await post('/api/v1/curve', request)) as Curve;
}

export async function fetchCheck(request: CheckRequest): Promise<GradientCheck | null> {
  const { checks } = (await post('/api/v1/check', request)) as { checks: GradientCheck[] };
  return checks[0] ?? null;
}

/** The answer to a call that a lazy part of the page makes; `path` is written from /api/v1 on, as in "/paths". */
export function fetchJson(path: string, request: object, signal: AbortSignal): Promise<unknown> {
  return post(`/api/v1${path}`, request, signal);
}

/** The same decoding for an answer that came with the page. */
export function readAnswer(text: string): unknown {
  return JSON.parse(text, decode);
}

export async function fetchOperations(): Promise<ReadonlyMap<string, Operation>> {
  const body = (await call('/api/v1/operations', {})) as { operations: Operation[] };
  return new Map(body.operations.map((operation) => [operation.name, operation]));
}

export async function fetchFillers(): Promise<readonly Filler[]> {
  return ((await call('/api/v1/operations', {})) as { fillers: Filler[] }).fillers;
}

export async function fetchExamples(): Promise<readonly Lesson[]> {
  const body = (await call('/api/v1/examples', {})) as { examples: Lesson[] };
  return body.examples;
}
