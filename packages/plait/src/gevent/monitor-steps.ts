import type { Instrument } from '../loop/instrument.ts'
import type { Scheduler } from '../loop/scheduler.ts'
import type { Task } from '../tasks/task.ts'

/** Told when a greenlet of a loop begins to run, and when it has given control back. */
export interface StepWatch {
  begins(task: Task<unknown>): void
  ends(): void
}

/** Watches the greenlets of a loop; gives what ends that. Whoever has watched it before goes on to be told. */
export function watchSteps(loop: Pick<Scheduler, 'instrument'>, watch: StepWatch): () => void {
  const before = loop.instrument as Instrument<Task<unknown>> | undefined
  let isOn = true
  const instrument: Instrument<Task<unknown>> = {
    ...before,
    stepBegins: task => {
      if (isOn) watch.begins(task)
      before?.stepBegins?.(task)
    },
    stepEnds: task => {
      before?.stepEnds?.(task)
      if (isOn) watch.ends()
    },
  }
  loop.instrument = instrument as Instrument
  return () => {
    isOn = false
    if (loop.instrument === instrument) loop.instrument = before as Instrument | undefined
  }
}
