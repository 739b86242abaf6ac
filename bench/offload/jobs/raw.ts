// What a worker by hand is sent, and what it does with it.
import { echo, fib, noop } from './work.ts'

/** The jobs by number: the least that a message can name one with. */
export const JOB = { noop: 0, fib: 1, echo: 2, handBack: 3 } as const

export type RawJob = (typeof JOB)[keyof typeof JOB]
export type RawRequest = readonly [id: number, job: RawJob, argument: unknown]
export type RawReply = readonly [id: number, value: unknown]

export function work(job: RawJob, argument: unknown): unknown {
  switch (job) {
    case JOB.noop:
      return noop(argument as number)
    case JOB.fib:
      return fib(argument as number)
    case JOB.echo:
    case JOB.handBack:
      return echo(argument as Uint8Array)
  }
}
