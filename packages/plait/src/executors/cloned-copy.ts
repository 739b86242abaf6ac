import { deserialize, serialize } from 'node:v8'
import { walkValue } from './walk-value.ts'

/**
 * Cloning walks on the engine's stack, and ends at some 1,600 levels where that is empty: what nests deeper than this
 * might be sent and never arrive.
 */
const DEEPEST = 200

/**
 * The structured clone of a value, if it arrives among threads and among processes alike (or among threads, if only that
 * is asked for), alone or inside other data; undefined if it does not. Ports are refused beforehand: Node crashes where a closed one is cloned. A copy has no getters any more, and does not change.
 */
export function clonedCopy(value: unknown, way = 'process'): { readonly copy: unknown } | undefined {
  try {
    for (const { value: part, depth } of walkValue(value, ''))
      if (depth > DEEPEST || part instanceof MessagePort) return undefined
    const copy = structuredClone(value)
    // Between processes less is cloned: shared memory and compiled modules stay where they are.
    if (way === 'process') deserialize(serialize(copy))
    return { copy }
  } catch {
    return undefined
  }
}
