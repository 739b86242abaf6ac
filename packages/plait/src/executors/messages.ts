/*
 * What the two ends of a link say to each other: arrays, since those are the cheapest to clone, with the kind in front.
 * Whoever submits a job is its caller, whoever runs it its runner; either end of a link may be either.
 */

/** To a worker that has just begun: its settings. */
export const HELLO = 0
/** From a worker: it takes jobs from now on; or why it cannot. */
export const READY = 1
export const NOT_STARTED = 2
/** To a worker: nothing more will come. */
export const END = 3
/** From a worker: what it dies of. */
export const DYING = 4
/** Several messages in one. */
export const BATCH = 5
/** To a worker: to say when nothing there can wake anybody any more; and that it is so. */
export const ASK_QUIET = 6
export const QUIET = 7
/** Something that came could not be read. */
export const UNREAD = 9

/** To a worker thread: another piece of the memory in which jobs are claimed. */
export const MEMORY = 8

/** Caller to runner: what a number stands for. */
export const DEFINE = 10
export const JOB = 11
export const CANCEL = 12
/** Does whoever runs this job still have it, and hear? HEARD says that it does, GONE that it has it no more. */
export const ASK = 13

/** Runner to caller: how a job ended. */
export const RETURNED = 20
export const THREW = 21
export const CANCELLED = 22
/** The loop that runs a job has heard that it is to be cancelled. */
export const HEARD = 23
/** It did, but the job waits for something that no cancel can interrupt. */
export const DEAF = 24
export const PROGRESS = 25
export const GONE = 26

/** Those who have a handle of a channel to the end that has the channel. */
export const CHANNEL_SEND = 30
export const CHANNEL_UNSEND = 31
export const CHANNEL_WANT = 32
export const CHANNEL_TOOK = 33
export const CHANNEL_GIVE_BACK = 34
export const CHANNEL_CLOSE = 35
export const CHANNEL_DROP = 36
/** And back. */
export const CHANNEL_SENT = 40
export const CHANNEL_ITEM = 41
export const CHANNEL_CLOSED = 42

export type Message = readonly [kind: number, ...details: unknown[]]
