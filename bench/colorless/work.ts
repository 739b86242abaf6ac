import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Measured, mustBe, size } from '../measure.ts'
import type { Libraries } from './libraries.ts'

/** How a function is called: from outside, or in a greenlet. */
export type Caller = <A extends readonly unknown[], T>(fn: (...args: A) => T, ...args: A) => T | Promise<T>

/** Called from outside any greenlet. */
export const plainly: Caller = (fn, ...args) => fn(...args)

const SOURCES = ['acorn/dist/acorn.js', 'handlebars/dist/handlebars.js', 'js-yaml/dist/js-yaml.mjs']
const TEXTS = ['acorn', 'ajv', 'fast-check', 'marked', 'mustache', 'piscina', 'workerpool', 'zod']

/** The text is rendered so often: one rendering is short for a clock that ticks. */
const TIMES = 3

/** What the work gives, whoever does it; told by the first who does. */
const results = new Map<string, unknown>()

/**
 * The work of case 13: fib(`size`), by its calls; and real libraries on real files, by the thousand characters.
 */
export function workOf(libraries: Libraries, call: Caller): Measured[] {
  const { programs, fib, acorn, marked } = libraries
  const sources = SOURCES.map(textOf)
  const text = TEXTS.map(name => textOf(`${name}/README.md`)).join('\n\n')
  const characters = sources.reduce((sum, { length }) => sum + length, 0)
  return [
    {
      metric: 'fib, a call',
      operations: callsOfFib(size),
      body: async () => same('fib', await call(programs.computes, fib, size)),
    },
    {
      metric: 'acorn, a character',
      operations: characters,
      body: async () => same('acorn', await call(programs.parses, acorn, sources)),
    },
    {
      metric: 'marked, a character',
      operations: text.length * TIMES,
      body: async () => same('marked', await call(programs.renders, marked, text, TIMES)),
    },
  ]
}

/** Calls of fib, and of what it calls at the bottom. */
function callsOfFib(n: number): number {
  let [calls, before] = [2, 2]
  for (let k = 2; k <= n; k++) [calls, before] = [calls + before + 1, calls]
  return calls
}

function same(what: string, result: unknown): void {
  if (results.has(what)) mustBe(`the result of ${what}`, result, results.get(what))
  else results.set(what, result)
}

function textOf(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url)), 'utf8')
}
