import type { Runtime } from '../snippets/forcing.ts'

type Helper = (...args: unknown[]) => unknown

/** Runtimes with a fault each, which the comparison must find. */
export const FAULTS: Readonly<Record<string, (real: Runtime) => Runtime>> = {
  'two arguments are swapped': real => ({
    ...real,
    c2: (fn: unknown, a: unknown, b: unknown) => helper(real, 'c2')(fn, b, a),
  }),
  'a method is called without its object': real => ({
    ...real,
    m1: (_self: unknown, fn: unknown, a: unknown) => helper(real, 'm1')(undefined, fn, a),
  }),
  'an error of a callee is lost': real => ({
    ...real,
    ...Object.fromEntries(
      ['c0', 'c1', 'c2', 'm0', 'm1', 'm2'].map(name => [name, losing(helper(real, name))]),
    ),
  }),
  'the last item of an iterable is left out': real => ({
    ...real,
    spread: (iterable: unknown) => {
      const items = helper(real, 'spread')(iterable)
      return items === real.S ? items : [...(items as Iterable<unknown>)].slice(0, -1)
    },
  }),
  'new gives an object of no class': real => ({
    ...real,
    make: (F: unknown, args: unknown) => {
      const made = helper(real, 'make')(F, args)
      return made === real.S ? made : { ...(made as object) }
    },
  }),
}

function helper(real: Runtime, name: string): Helper {
  return real[name] as Helper
}

function losing(call: Helper): Helper {
  return (...args) => {
    try {
      return call(...args)
    } catch {
      return 0
    }
  }
}
