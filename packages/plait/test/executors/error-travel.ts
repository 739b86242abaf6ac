import { deserialize, serialize } from 'node:v8'
import {
  decodeError,
  type EncodedError,
  type ErrorHome,
  encodeError,
} from '../../src/executors/error-codec.ts'

export const where = 'worker 2 of pool "hash"'

/** The ways that data goes to another thread, and to another process. */
export const ways: readonly (readonly [way: string, send: (data: EncodedError) => EncodedError])[] = [
  ['between threads', structuredClone],
  ['between processes', data => deserialize(serialize(data))],
]

/** What arrives, each way, of what is thrown. */
export function arrivals(thrown: unknown, home?: ErrorHome): unknown[] {
  return ways.map(([, send]) => decodeError(send(encodeError(thrown, home)), where, home))
}

/** A home for these classes. */
export function homeOf(classes: Readonly<Record<string, new (...args: never[]) => Error>>): ErrorHome {
  return {
    nameOf: cls => Object.keys(classes).find(name => classes[name] === cls),
    classOf: name => classes[name],
  }
}
