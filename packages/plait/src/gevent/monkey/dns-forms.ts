import type { AnyFunction } from '../../coroutine/twin.ts'
import { calledBack, type Done, type Form } from './cooperative.ts'

type Named = Readonly<Record<string, unknown>>

/** Questions to a name server: a name, and for `resolve` what of it. */
const QUESTION = /^(?:resolve\w*|reverse)$/

/**
 * The forms of the lookups of `dns`. Of these none blocks: without a callback, which is an error elsewhere, they wait in a
 * greenlet, and give what those of `dns.promises` do.
 */
export function dnsForms(dns: object): Record<string, Form> {
  const { lookup, lookupService, Resolver } = dns as Named & { Resolver: { prototype: object } }
  return {
    ...questions(dns, ''),
    ...questions(Resolver.prototype, 'Resolver.prototype.'),
    lookup: waiting(lookup as AnyFunction, 2, (args, done) => {
      const { all } = (args[1] ?? {}) as { all?: unknown }
      return (error: unknown, address: unknown, family: unknown) =>
        done(error, all === true ? address : { address, family })
    }),
    lookupService: waiting(lookupService as AnyFunction, 2, (_args, done) => {
      return (error: unknown, hostname: unknown, service: unknown) => done(error, { hostname, service })
    }),
  }
}

function questions(owner: object, prefix: string): Record<string, Form> {
  const forms: Record<string, Form> = {}
  for (const name of Object.getOwnPropertyNames(owner)) {
    const fn = (owner as Named)[name]
    if (!QUESTION.test(name) || typeof fn !== 'function') continue
    forms[prefix + name] = waiting(fn as AnyFunction, name === 'reverse' ? 1 : 2, (_args, done) => done)
  }
  return forms
}

function waiting(
  fn: AnyFunction,
  arity: number,
  told: (args: readonly unknown[], done: Done) => AnyFunction,
): Form {
  return {
    begin: (self, args, done) => calledBack(fn, arity)(self, args, told(args, done) as unknown as Done),
    isPlain: args => args.some(arg => typeof arg === 'function'),
  }
}
