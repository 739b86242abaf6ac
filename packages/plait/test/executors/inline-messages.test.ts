import { describe, expect, test } from 'vitest'
import { coroutine, primed } from '../../src/coroutine/create.ts'
import { codes } from '../../src/errors/misuse-inline.ts'
import { refusal, sloppy, strict } from './inline-functions.ts'

/** A function of a module as the engine reads it. */
async function inModule(source: string): Promise<unknown> {
  const url = `data:text/javascript,export const fns = [${encodeURIComponent(source)}]`
  const module = (await import(/* @vite-ignore */ url)) as { readonly fns: readonly unknown[] }
  return module.fns[0]
}

const where = 'declare it in a module with remote(import.meta.url, '

/** The whole message for each mistake, with the way out. */
const messages: Record<string, [fn: () => unknown, code: string, message: string]> = {
  'outer variables': [
    () => strict('{ scale: x => x * factor + offset }.scale'),
    'inlineOuter',
    `the inline function "scale" uses outer variables, factor and offset, which a worker does not have: pass them as arguments, or ${where}function scale…)`,
  ],
  'outer variables, without a name that could be declared': [
    () => strict("{ async 'not a word'() { return factor } }['not a word']"),
    'inlineOuter',
    `the inline function "not a word" uses an outer variable, factor, which a worker does not have: pass it as an argument, or ${where}async function …)`,
  ],
  'itself by the constant it is assigned to': [
    () => strict('{ fact: async n => n < 2 ? 1 : n * await fact(n - 1) }.fact'),
    'inlineOuter',
    'the inline function "fact" uses an outer variable, fact, which a worker does not have: to call itself, make it a named function, async function fact(…)',
  ],
  'itself and others': [
    () => strict('{ *walk(n) { yield* walk(n - step) } }.walk'),
    'inlineOuter',
    `the inline function "walk" uses outer variables, walk and step, which a worker does not have: pass step as an argument, or ${where}function* walk…); to call itself, make it a named function, function* walk(…)`,
  ],
  require: [
    () => strict("() => require('node:fs')"),
    'inlineOuter',
    "the inline function (without a name) uses an outer variable, require, which a worker does not have: require belongs to CommonJS, so use await import('node:…')",
  ],
  'the folder of its module': [
    () => strict('() => [__dirname, __filename]'),
    'inlineOuter',
    "the inline function (without a name) uses outer variables, __dirname and __filename, which a worker does not have: __dirname and __filename belong to CommonJS, so pass what is needed as an argument, or use await import('node:…')",
  ],
  'import.meta': [
    () => inModule('() => import.meta.url'),
    'inlineOuter',
    'the inline function (without a name) uses import.meta, which a worker does not have: import.meta belongs to a module, so pass what is needed of it as an argument',
  ],
  'this and arguments': [
    () => strict('() => [this, arguments]'),
    'inlineOuter',
    'the inline function (without a name) uses this and arguments, which a worker does not have: in an arrow, this is that of its surroundings, so pass what is needed of it as an argument; an arrow has no arguments of its own, so write (...args) => …',
  ],
  'super and new.target': [
    () => strict('{ m() { return [super.m, new.target] } }.m'),
    'inlineOuter',
    'the inline function "m" uses super and new.target, which a worker does not have: super belongs to the object of a method, so pass what is needed of it as an argument; a worker calls it without new, so leave new.target out',
  ],
  'private names': [
    () => strict('class { #a; #b; static m(o) { return o.#a + o.#b } }.m'),
    'inlineOuter',
    'the inline function "m" uses #a and #b, which a worker does not have: #a and #b are private to a class, so pass them as arguments',
  ],
  'an async generator': [
    () => strict('async function* pages() {}'),
    'inlineAsyncGenerator',
    'the inline function "pages" is an async generator, which nothing here runs: make it an async function that returns its result, or a generator that waits with yield*',
  ],
  'an async generator method': [
    () => strict('{ async *pages() {} }.pages'),
    'inlineAsyncGenerator',
    'the inline function "pages" is an async generator, which nothing here runs: make it an async function that returns its result, or a generator that waits with yield*',
  ],
  'a class': [
    () => class Point {},
    'inlineClass',
    'the class "Point" cannot be called by a worker: pass a function which makes what is needed of it',
  ],
  'a built-in function of one argument': [
    () => Math.sqrt,
    'inlineBuiltIn',
    'the function "sqrt" is built in and has no source to send: pass x => Math.sqrt(x)',
  ],
  'a built-in function of several': [
    () => Math.max,
    'inlineBuiltIn',
    'the function "max" is built in and has no source to send: pass (...args) => Math.max(...args)',
  ],
  'a global function written in JavaScript': [
    () => structuredClone,
    'inlineBuiltIn',
    'the function "structuredClone" is built in and has no source to send: pass (...args) => structuredClone(...args)',
  ],
  'a built-in method': [
    () => Array.prototype.map,
    'inlineBuiltIn',
    'the function "map" is built in and has no source to send: pass a function that calls it',
  ],
  'a built-in class': [
    () => Map,
    'inlineBuiltIn',
    'the function "Map" is built in and has no source to send: pass a function that calls it',
  ],
  'a bound function': [
    () => strict('(function scale(x) { return this.factor * x })').bind({ factor: 2 }),
    'inlineBound',
    'the function "bound scale" hides its source, and what it is bound to: pass a function with that as an argument, (it, x) => it.method(x)',
  ],
  'a coroutine function': [
    () => coroutine(function* fetchPage() {}),
    'inlineCoroutine',
    `the coroutine function "fetchPage" cannot be sent inline: ${where}coroutine(function* fetchPage…))`,
  ],
  'a primed one without a name': [
    () => primed(function* () {}),
    'inlineCoroutine',
    `the coroutine function (without a name) cannot be sent inline: ${where}coroutine(function* …))`,
  ],
  'what strict mode forbids': [
    () => sloppy('(function old(o) { with (o) { return x } })'),
    'inlineUnreadable',
    `the inline function "old" cannot be read as plain JavaScript in strict mode ('with' in strict mode): write it without that, or ${where}…)`,
  ],
  'what strict mode forbids, in a method': [
    () => sloppy('({ old() { return 010 } }).old'),
    'inlineUnreadable',
    `the inline function "old" cannot be read as plain JavaScript in strict mode (Invalid number): write it without that, or ${where}…)`,
  ],
  'what a script reads as a comment': [
    () => sloppy('(function old() {\n<!-- hidden\n})'),
    'inlineUnreadable',
    `the inline function "old" cannot be read as plain JavaScript in strict mode (<!-- and --> begin a comment): write it without that, or ${where}…)`,
  ],
  'no function': [
    () => 'scale',
    'inlineNotAFunction',
    'a worker runs a function, declared with remote(…) or inline, and got "scale"',
  ],
}

describe('the message', () => {
  test.each(Object.entries(messages))('for %s says the way out', async (_what, [make, code, message]) => {
    const refused = refusal(await make())
    expect([refused.code, refused.message]).toEqual([code, message])
  })

  test('is known here for every mistake', () => {
    expect([...new Set(Object.values(messages).map(([, code]) => code))].sort()).toEqual([...codes].sort())
  })
})
