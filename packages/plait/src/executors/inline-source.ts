import { type Expression, type Function as FunctionNode, type Options, parse } from 'acorn'
import { coroutine, primed } from '../coroutine/create.ts'
import type { MisuseError } from '../errors/misuse-error.ts'
import { commonJsNames, misuse } from '../errors/misuse-inline.ts'
import { freeVariables, type Writing } from './free-variables.ts'

/** A function as text, to be evaluated elsewhere. */
export interface InlineSource {
  readonly name: string
  /** An expression in parentheses that evaluates to the function, in sloppy and in strict mode: `((a, b) => a + b)`. */
  readonly code: string
}

type AnyFunction = (...args: never[]) => unknown

const sources = new WeakMap<AnyFunction, InlineSource>()

/**
 * The source of a function that needs nothing around it but the globals of JavaScript and Node. It is read and checked
 * at the first call for this function; after that it is at hand.
 *
 * A name that is a global is taken for it, whatever was imported under it. A function from a module is strict: evaluate
 * its code in strict mode too, where a `function` has `undefined` for `this`.
 *
 * @throws MisuseError if it uses anything of its surroundings, naming all of it, or has no source that could be called
 * @example
 * ```ts
 * inlineSource((a: number, b: number) => a + b).code // '((a, b) => a + b)', once the types are stripped
 * ```
 */
export function inlineSource(fn: AnyFunction): InlineSource {
  let source = sources.get(fn)
  if (source === undefined) {
    source = read(fn)
    sources.set(fn, source)
  }
  return source
}

function read(fn: AnyFunction): InlineSource {
  if (typeof fn !== 'function') throw misuse('inlineNotAFunction', fn)
  const name = typeof fn.name === 'string' ? fn.name : ''
  const text = textOf(fn)
  if (/\{\s*\[native code\]\s*\}$/.test(text)) {
    const path = globalPath(fn, name)
    const isBound = path === undefined && name.startsWith('bound ')
    throw isBound ? misuse('inlineBound', name) : builtIn(fn, name, path)
  }
  const { node, writing, code } = readText(name, text)
  if (node.async && node.generator) throw misuse('inlineAsyncGenerator', name)
  const names = freeVariables(node, writing).filter(used => !globals.has(used))
  if (names.length === 0) return { name, code }
  if (madeHere(text)) throw misuse('inlineCoroutine', name)
  const path = globalPath(fn, name)
  if (path !== undefined) throw builtIn(fn, name, path)
  throw misuse('inlineOuter', { name, keyword: `${prefix(node)}function${node.generator ? '*' : ''}` }, names)
}

function textOf(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn)
}

/**
 * The names that a realm has from the start, as they were when this module was loaded. To a program given on the command
 * line those of CommonJS are among them, and a worker does not have them.
 */
const globals: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(globalThis).filter(name => !commonJsNames.has(name)),
)

interface Form {
  readonly node: FunctionNode
  readonly writing: Writing
  readonly code: string
}

function readText(name: string, text: string): Form {
  const asExpression = parseIn('(', text, ')')
  if ('type' in asExpression) {
    if (asExpression.type === 'ClassExpression') throw misuse('inlineClass', name)
    if (asExpression.type === 'ArrowFunctionExpression') {
      return { node: asExpression, writing: 'arrow', code: `(${text})` }
    }
    if (asExpression.type === 'FunctionExpression') {
      return { node: asExpression, writing: 'function', code: `(${text})` }
    }
    throw misuse('inlineUnreadable', name, 'it is no function')
  }
  const open = '(class {'
  const asMethod = parseIn(open, text, '})')
  if ('type' in asMethod) {
    const member = asMethod.type === 'ClassExpression' ? asMethod.body.body[0] : undefined
    if (member?.type === 'MethodDefinition') {
      const node = member.value
      return { node, writing: 'method', code: methodCode(name, node, text.slice(node.start - open.length)) }
    }
  }
  // The reading that came further knows better what is wrong.
  const { why } = 'type' in asMethod || asMethod.at <= asExpression.at ? asExpression : asMethod
  throw misuse('inlineUnreadable', name, why)
}

/**
 * A method stays one, which cannot call itself by its name and keeps it all the same. Its key is written anew, since a
 * computed one may use what is not there, a private one needs its class, and a getter is to be called.
 */
function methodCode(name: string, node: FunctionNode, fromParameters: string): string {
  const key = JSON.stringify(name)
  return `({ ${prefix(node)}${node.generator ? '*' : ''}${key}${fromParameters} }[${key}])`
}

function prefix(node: FunctionNode): string {
  return node.async ? 'async ' : ''
}

interface Unread {
  readonly at: number
  readonly why: string
}

/** As lenient as a function's surroundings may have been, so that what it uses of them is found and named. */
const lenient: Options = {
  ecmaVersion: 'latest',
  sourceType: 'commonjs', // `new.target` in an arrow
  strict: true, // what is read can then be evaluated in either mode
  allowAwaitOutsideFunction: false,
  allowImportExportEverywhere: true, // `import.meta`
  allowSuperOutsideMethod: true,
  checkPrivateFields: false,
}

function parseIn(open: string, text: string, close: string): Expression | Unread {
  const whole = open + text + close
  let oddComment: number | undefined
  const onComment = (_isBlock: boolean, _text: string, start: number): void => {
    if (whole[start] !== '/') oddComment ??= start
  }
  try {
    const [statement] = parse(whole, { ...lenient, onComment }).body
    // To a module these are operators, to a script the rest of the line is a comment: it would be another function.
    if (oddComment !== undefined) return { at: oddComment - open.length, why: '<!-- and --> begin a comment' }
    if (statement?.type === 'ExpressionStatement') return statement.expression
    return { at: 0, why: 'it is no expression' }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { pos } = error as SyntaxError & { readonly pos: number }
    return { at: pos - open.length, why: error.message.replace(/ \(\d+:\d+\)$/, '') }
  }
}

let makers: ReadonlySet<string> | undefined

/** Whether it is one of the functions that this library puts around a generator function; they all read alike. */
function madeHere(text: string): boolean {
  makers ??= new Set([coroutine(function* () {}), primed(function* () {})].map(textOf))
  return makers.has(text)
}

function builtIn(fn: AnyFunction, name: string, path: string | undefined): MisuseError {
  return misuse('inlineBuiltIn', name, path, fn.length === 1)
}

/** Where a built-in function that can be called as it is hangs, such as `Math.sqrt`. No getter is run to find it. */
function globalPath(fn: AnyFunction, name: string): string | undefined {
  // A class cannot be called; and a property that cannot be written is what tells one from a function.
  if (Object.getOwnPropertyDescriptor(fn, 'prototype')?.writable === false) return undefined
  if (globals.has(name) && held(globalThis, name) === fn) return name
  for (const holder of globals) {
    const value = held(globalThis, holder)
    const canHold = (typeof value === 'object' && value !== null) || typeof value === 'function'
    if (canHold && value !== globalThis && held(value, name) === fn) return `${holder}.${name}`
  }
  return undefined
}

function held(holder: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, key)?.value
}
