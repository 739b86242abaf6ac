import { run } from 'plait'
import { call } from 'plait/greenlet'
import type { Caller } from './work.ts'

/** Called in a greenlet. */
export const inside: Caller = (fn, ...args) => run(call(fn, ...args)) as Promise<ReturnType<typeof fn>>
