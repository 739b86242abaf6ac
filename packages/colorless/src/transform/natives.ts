/*
 * What of the language itself no twin can be behind: these calls stay as they are in twins, and a function that calls nothing else
 * needs no twin.
 */

const words = (text: string): string[] => text.split(' ')

const ERRORS: readonly string[] = words(
  'Error TypeError RangeError SyntaxError ReferenceError EvalError URIError',
)

/** Functions of the global object. */
export const PLAIN_GLOBALS: ReadonlySet<string> = new Set([
  ...ERRORS,
  ...words(
    'parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI escape ' +
      'unescape String Number Boolean Symbol BigInt Object structuredClone queueMicrotask setTimeout ' +
      'setImmediate setInterval clearTimeout clearImmediate clearInterval require Array Date RegExp',
  ),
])

/** Objects of the global object whose functions take no callbacks, but for those below. */
export const PLAIN_NAMESPACES: ReadonlySet<string> = new Set(
  words(
    'Math JSON Object Number String Symbol BigInt Date Array Reflect console performance ArrayBuffer ' +
      'Buffer URL Error Promise RegExp Atomics',
  ),
)

/** Those of them that have twins. */
const WITH_TWINS: ReadonlySet<string> = new Set([
  'Array.from',
  'Reflect.apply',
  'Reflect.construct',
  'Atomics.wait',
  'Reflect.get',
  'Reflect.set',
])

export function isPlainMember(namespace: string, name: string): boolean {
  return PLAIN_NAMESPACES.has(namespace) && !WITH_TWINS.has(`${namespace}.${name}`)
}

/** Constructors that call nothing of the program's. */
export const PLAIN_CONSTRUCTORS: ReadonlySet<string> = new Set([
  ...ERRORS,
  ...words(
    'AggregateError Array Object Date RegExp Map Set WeakMap WeakSet WeakRef Promise Proxy String Number ' +
      'Boolean ArrayBuffer SharedArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array ' +
      'Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array URL ' +
      'URLSearchParams TextEncoder TextDecoder AbortController Function',
  ),
])

/** Methods of strings, numbers and regular expressions that take no callback. */
const STRING_METHODS: readonly string[] = words(
  'charCodeAt charAt codePointAt indexOf lastIndexOf includes slice substring substr trim trimStart ' +
    'trimEnd toLowerCase toUpperCase startsWith endsWith padStart padEnd split repeat concat at normalize ' +
    'localeCompare match matchAll search toString toFixed toPrecision',
)
const REGEXP_METHODS: readonly string[] = ['test', 'exec', 'toString']
const ARRAY_METHODS: readonly string[] = words(
  'push pop shift unshift splice slice concat join reverse indexOf lastIndexOf includes at fill keys ' +
    'values entries copyWithin flat',
)

/** Methods of a literal of each kind that call nothing of the program's. */
export const METHODS_OF_LITERALS: Readonly<Record<'string' | 'regexp' | 'array', ReadonlySet<string>>> = {
  string: new Set(STRING_METHODS),
  regexp: new Set(REGEXP_METHODS),
  array: new Set(ARRAY_METHODS),
}

/**
 * Names that, whoever the receiver, mean the language's own method in nearly every program. Taken to do so only where the program says
 * so (`assume: 'builtins'`), since a class of its own may have a method of that name that switches.
 */
export const NAMES_OF_BUILTINS: ReadonlySet<string> = new Set([
  ...STRING_METHODS,
  ...REGEXP_METHODS,
  ...ARRAY_METHODS,
  ...['hasOwnProperty', 'isPrototypeOf', 'has', 'get', 'set', 'add', 'delete', 'clear', 'valueOf', 'getTime'],
])
