import type { Limit, Says } from './program.ts'

/** What greenlets do and what is done to them. Slots hold greenlets; `fn` is the number of a function. */
export type GreenletStatement =
  | Says<'spawn' | 'make', { slot: number; fn: number }>
  | Says<'spawnLater', { slot: number; ms: number; fn: number }>
  | Says<'spawnRaw', { fn: number }>
  | Says<'start' | 'unlinkAll' | 'hasLinks' | 'read', { slot: number }>
  | Says<'startLater', { slot: number; ms: number }>
  /** Without an error it is GreenletExit. */
  | Says<'kill', { slot: number; block: boolean; timeout: Limit; error: string | null }>
  | Says<'killTop', { slot: number; error: string | null }>
  | Says<'killRaw', { error: string | null }>
  | Says<'killall', { slots: readonly number[]; block: boolean; timeout: Limit; error: string | null }>
  /** In callbacks alone: the others would not be run again. */
  | Says<'throw', { slot: number; error: string }>
  | Says<'join', { slot: number; timeout: Limit }>
  | Says<'get', { slot: number; block: boolean; timeout: Limit }>
  | Says<'joinall', { slots: readonly number[]; timeout: Limit; count: number | null; raiseError: boolean }>
  /** Slots by their numbers, and shared things by their names. */
  | Says<'wait', { what: readonly (number | string)[]; timeout: Limit; count: number | null }>
  | Says<'iwait', { what: readonly (number | string)[]; timeout: Limit; count: number | null; most: number }>
  | Says<'waitAll', { timeout: Limit }>
  | Says<'link' | 'linkValue' | 'linkException' | 'unlink', { slot: number; fn: number }>
  | Says<'linkResult', { slot: number; result: string }>
  | Says<'rawlink' | 'unlinkRaw', { slot: number; callback: number }>
  | Says<'current' | 'raiseExit' | 'raiseIfOdd'>
  /** The second sleeps as many times so long as the argument says that the function was called with. */
  | Says<'sleep' | 'sleepByArgument', { ms: number }>
  | Says<'raise', { message: string }>
  | Says<'return', { value: number }>
  | Says<'call', { fn: number; argument: number | null }>
  | Says<'withTimeout', { ms: Limit; fn: number; value: string | null }>
  | Says<'timeoutNew', { scope: number; ms: Limit; error: string | false | null }>
  | Says<'timeoutStart' | 'timeoutCancel' | 'timeoutClose' | 'timeoutRead', { scope: number }>

/** What is done with things that greenlets share. Their names are a kind and a number: `semaphore2`, `queue0`, `event1`. */
export type SharedStatement =
  | Says<'eventSet' | 'eventClear' | 'eventRead', { event: string }>
  | Says<'eventWait', { event: string; timeout: Limit }>
  | Says<'resultSet', { result: string; value: number }>
  | Says<'resultError', { result: string; message: string }>
  | Says<'resultGet', { result: string; block: boolean; timeout: Limit }>
  | Says<'resultWait', { result: string; timeout: Limit }>
  | Says<'resultRead', { result: string }>
  | Says<'thingRawlink' | 'thingUnlink', { thing: string; callback: number }>
  | Says<'acquire', { lock: string; block: boolean; timeout: Limit }>
  | Says<'release' | 'lockRead', { lock: string }>
  | Says<'lockWait', { lock: string; timeout: Limit }>
  | Says<'put', { queue: string; item: number; block: boolean; timeout: Limit }>
  | Says<'take' | 'peek', { queue: string; block: boolean; timeout: Limit }>
  | Says<'putNowait', { queue: string; item: number }>
  | Says<'takeNowait' | 'peekNowait' | 'queueRead' | 'taskDone', { queue: string }>
  /** The item that ends an iteration. */
  | Says<'putStop' | 'queueJoin', { queue: string; timeout: Limit }>
  | Says<'iterate', { queue: string; most: number }>
  | PoolStatement

type PoolStatement =
  | Says<'groupSpawn', { group: string; slot: number; fn: number }>
  | Says<'groupAdd' | 'groupStart' | 'groupDiscard', { group: string; slot: number }>
  | Says<'poolAdd', { group: string; slot: number; block: boolean; timeout: Limit }>
  | Says<'groupMap', { group: string; fn: number; items: readonly number[] }>
  | Says<
      'groupMapAsync',
      { group: string; slot: number; fn: number; items: readonly number[]; callback: number | null }
    >
  | Says<
      'imap' | 'imapUnordered',
      { group: string; fn: number; items: readonly number[]; maxsize: number | null; most: number }
    >
  | Says<'apply', { group: string; fn: number; argument: number }>
  | Says<'applyAsync', { group: string; slot: number; fn: number; argument: number; callback: number | null }>
  | Says<'applyCb', { group: string; fn: number; argument: number; callback: number | null }>
  | Says<'groupJoin', { group: string; timeout: Limit; raiseError: boolean }>
  | Says<'groupKill', { group: string; block: boolean; timeout: Limit; error: string | null }>
  | Says<'killone', { group: string; slot: number; block: boolean; timeout: Limit; error: string | null }>
  | Says<'groupRead', { group: string }>
  | Says<'waitAvailable', { group: string; timeout: Limit }>
