/*
 * Which function keeps a plain wait from being suspended, as a native stack tells it. Innermost first, a stack is
 *
 *   [the function in the way …] [a twin, X and X.next] [who entered it: a call of a twin, a driver] [below]
 *
 * and where a twin called a function that has none, the call itself stands in between:
 *
 *   [… the function in the way] [the call] [the twin X] …
 */

/** One line of a stack. */
export interface StackLine {
  readonly name: string
  /** File, line and column; undefined for functions of the engine's own. */
  readonly place: string | undefined
}

/** What stands between a wait and whoever could suspend it. */
export interface Obstacle {
  readonly kind:
    | 'nowhere'
    | 'package'
    | 'native'
    | 'host'
    | 'accessor'
    | 'construction'
    | 'static'
    | 'conversion'
    | 'generator'
    | 'function'
  /** The function in the way; where there is no greenlet at all, the one that waits. */
  readonly name: string
  /** Where it is; of one without a place of its own, where it was called. */
  readonly place: string | undefined
  /** The package it is in, if it is in one. */
  readonly package: string | undefined
}

/** Calls of a twin, which stand right below the function they called. */
const CALL = /^plait(?!Enter|Sync|Resume)[A-Z]\w*$/

/** What enters a twin: its own frame and that of its `next` stand above. */
const ENTRY = /^plait(?:Enter|Sync|Resume)|\._plainStep$|^Delegation\.next$/

/** A generator's step, as a frame of its own. */
const STEP = /\.(?:next|throw|return)$/

/** How the engine names what it calls by itself to have a primitive value. */
const CONVERSION = /(?:^|\.)(?:valueOf|toString|toJSON|\[Symbol\.toPrimitive\])$/

/** The lines of a stack, innermost first, as V8 writes it, or SpiderMonkey and JavaScriptCore. */
export function readStack(stack: string): StackLine[] {
  const found: StackLine[] = []
  for (const line of stack.split('\n')) {
    const parts =
      /^\s+at (?:async )?(.+?) \((.*)\)$/.exec(line) ??
      /^\s+at (?:async )?()(.+)$/.exec(line) ??
      /^(.*?)@(.+)$/.exec(line)
    if (parts === null) continue
    const [, name = '', place = ''] = parts
    found.push({
      name: name.replace(/ \[as .*\]$/, '') || 'a function without a name',
      place: /:\d+:\d+$/.test(place) ? place.replace(/^file:\/\//, '') : undefined,
    })
  }
  return found
}

/**
 * The obstacle, from the lines above which the wait itself stands. `isSync`: the wait was entered as a twin, below
 * which somewhere a function without one has called back.
 */
export function inTheWay(lines: readonly StackLine[], isSync: boolean): Obstacle {
  const start = isSync ? lines.findIndex(({ name }) => name === 'plaitSync') + 2 : 0
  const end = lines.findIndex(({ name }, i) => i >= start && (CALL.test(name) || ENTRY.test(name)))
  const first = lines.find(({ name }) => !name.startsWith('plait')) ?? {
    name: 'a function',
    place: undefined,
  }
  if (end < 0) {
    // A twin need have no name of its own, but the function that was called back has.
    const name = (isSync ? lines[start - 1] : undefined)?.name ?? first.name
    return { kind: 'nowhere', name, place: first.place, package: undefined }
  }
  let i = end - 1
  if (ENTRY.test((lines[end] as StackLine).name)) {
    const step = lines[i]
    if (step !== undefined && step.place === undefined && STEP.test(step.name)) i -= 1
    i -= 1
  }
  // Nothing above the twin: it is a generator that somebody wrote, and calls the wait itself.
  if (i < start) return { kind: 'generator', ...(lines[start] ?? first), package: undefined }
  return obstacleAt(lines, i)
}

function obstacleAt(lines: readonly StackLine[], i: number): Obstacle {
  const { name, place } = lines[i] as StackLine
  const inside = lines[i - 1]
  if (place === undefined) {
    if (STEP.test(name) && inside !== undefined) return described(inside, 'generator')
    const caller = lines.slice(i + 1).find(line => line.place !== undefined && !line.name.startsWith('plait'))
    return { kind: 'native', name, place: caller?.place, package: undefined }
  }
  return described({ name, place }, kindOf(name))
}

function kindOf(name: string): Obstacle['kind'] {
  if (/(?:^|\.| )[gs]et /.test(name)) return 'accessor'
  if (name.endsWith('<static_initializer>')) return 'static'
  if (name.startsWith('new ') || name.endsWith('<instance_members_initializer>')) return 'construction'
  return CONVERSION.test(name) ? 'conversion' : 'function'
}

/** Where a function is decides first: whoever did not write it cannot change what kind it is. */
function described({ name, place }: StackLine, kind: Obstacle['kind']): Obstacle {
  const owner = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(place ?? '')?.[1]
  if (owner !== undefined) return { kind: 'package', name, place, package: owner.replace('\\', '/') }
  return { kind: place?.startsWith('node:') === true ? 'host' : kind, name, place, package: undefined }
}
