import { fromTable, type MisuseError } from './misuse-error.ts'
import { show } from './show.ts'

/** What can be done wrong with gevent's part. */
const TABLE = {
  waiterInUse: () =>
    'another greenlet waits at this Waiter already, and one value is for one: use an AsyncResult, which any number may wait for',
  notAFunctionToRun: (what: string, value: unknown) =>
    `${what} takes a function to run, and got ${show(value)}`,
  timeoutPending: (text: string) => `${text} is started already: cancel() it first, to start it anew`,
  timeoutClosed: (text: string) => `${text} is closed and cannot be started again: make a new one`,
  notLinkable: (what: string, value: unknown) =>
    `${what} takes greenlets, events and whatever else has rawlink() and unlink(), and got ${show(value)}`,
  notToBeKilled: (what: string, value: unknown) =>
    `${what} takes greenlets, as spawn(fn, …) and getcurrent() give, and got ${show(value)}`,
  linkNotCallable: (value: unknown) =>
    `a link is a function, or an AsyncResult, which is told of the end, and is not ${show(value)}`,
  notAMember: (value: unknown) => `a group has greenlets, and ${show(value)} is none: spawn(fn, …) makes one`,
  poolWithoutExecutor: (value: unknown) =>
    `new ThreadPool(executor) takes what has functions called elsewhere, as the executors of "plait/executors" do, and got ${show(value)}`,
  poolOfAnotherLoop: () =>
    'a ThreadPool belongs to the loop that it was made on, and this is another: make one here, of the same executor if you like',
  badPermits: (what: string, value: unknown) =>
    `${what} takes how many permits there are, a whole number from 0 on, and got ${show(value)}`,
  lockOfAnother: (owner: string, by: string) =>
    `release() was called by ${by}, and the lock is held by ${owner}: whoever has it gives it back`,
  badQueueSize: (value: unknown) =>
    `a queue takes how many items it has room for, a whole number, 0 or none for any number, and got ${show(value)}`,
  unknownSetting: (name: unknown, known: readonly string[]) =>
    `config has no ${show(name)}: there are ${known.join(', ')}`,
  badSetting: (name: string, takes: string, value: unknown) =>
    `${name} takes ${takes}, and got ${show(value)}`,
  localArguments: (name: string, count: number) =>
    `the constructor of ${name} takes ${count === 1 ? 'an argument' : `${count} arguments`} and hands none on: it is called anew in each greenlet, with what super(…) was given, so write super(…) with all of them`,
  localPrivate: (name: string) =>
    `${name} has a private field, which an object can have but once, and its fields are made anew in each greenlet: use a property in place of #…`,
  badSignal: (value: unknown) =>
    `signalHandler(…) takes the name of a signal of this system, as 'SIGINT' and 'SIGTERM' are, and got ${show(value)}`,
  signalNotHandled: (signal: string) =>
    `${signal} ends or stops a process without asking it, so nobody can handle it: whoever can choose sends SIGTERM`,
  noSignals: (where: string) =>
    `there are no signals ${where}: signalHandler(…) is for the main thread of Node.js`,
  noMonitorThread: () =>
    'the loop cannot be watched from another thread here: that takes the worker_threads of Node.js',
} as const

type Code = keyof typeof TABLE

/** The codes of the mistakes in this table. */
export const codes: readonly string[] = Object.keys(TABLE)

/** The error for one row of the table. */
export function misuse<C extends Code>(code: C, ...details: Parameters<(typeof TABLE)[C]>): MisuseError {
  return fromTable(TABLE, code, details)
}
