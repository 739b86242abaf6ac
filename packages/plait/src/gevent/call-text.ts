import { misuse } from '../errors/misuse-gevent.ts'
import { Bound } from './bound.ts'

export function checkRun(what: string, fn: unknown): void {
  if (typeof fn !== 'function') throw misuse('notAFunctionToRun', what, fn)
}

/** How a call looks: its function and its arguments, these not at full length. */
export function callText({ fn, args }: Bound): string {
  const name = fn.name || 'a function'
  return args.length === 0 ? name : `${name}(${args.map(shown).join(', ')})`
}

/** The same call, for its text alone: without arguments that would keep something alive. */
export function withoutObjects(called: Bound): Bound {
  const isLight = called.args.every(one => typeof one !== 'object' && typeof one !== 'function')
  return isLight ? called : new Bound(called.fn, called.args.map(shownArgument))
}

/** What shows as the text of an argument does. */
class Text {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

function shownArgument(value: unknown): Text {
  return new Text(shown(value))
}

const LONGEST = 50

function shown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? `'${value}'`
      : typeof value === 'function'
        ? value.name
        : Array.isArray(value)
          ? `[${value.map(shown).join(', ')}]`
          : String(value)
  return text.slice(0, LONGEST)
}
