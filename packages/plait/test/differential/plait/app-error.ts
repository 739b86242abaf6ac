import {
  BrokenBarrierError,
  CancelledError,
  ExceptionGroup,
  InvalidStateError,
  MisuseError,
  QueueEmptyError,
  QueueFullError,
  QueueShutDownError,
  TimeoutError,
} from '../../../src/index.ts'
import type { CatchKind } from '../program.ts'

/** What programs raise. */
export class AppError extends Error {}

/** Mistakes with what tasks share, which CPython tells apart as well. */
const mistakes = new Set(['lockNotHeld', 'conditionNotHeld', 'releasedTooOften', 'taskDoneTooOften'])

/** An error as both sides write it: its kind, then its message or its parts. */
export function describe(error: unknown): readonly unknown[] {
  if (error instanceof ExceptionGroup) return ['Group', error.errors.map(describe)]
  if (error instanceof CancelledError) return ['Cancelled', error.reason ?? null]
  if (error instanceof AppError) return ['App', error.message]
  if (error instanceof TimeoutError) return ['Timeout']
  if (error instanceof InvalidStateError) return ['InvalidState']
  if (error instanceof MisuseError) return mistakes.has(error.code) ? ['Misuse', error.code] : ['Misuse']
  if (error instanceof QueueEmptyError) return ['QueueEmpty']
  if (error instanceof QueueFullError) return ['QueueFull']
  if (error instanceof QueueShutDownError) return ['QueueShutDown']
  if (error instanceof BrokenBarrierError) return ['BrokenBarrier']
  return error instanceof Error ? [error.name, error.message] : ['thrown', String(error)]
}

/** Whether a handler of this kind takes the error. */
export function isOf(kind: CatchKind, error: unknown): boolean {
  switch (kind) {
    case 'all':
      return true
    case 'ordinary':
      return !(error instanceof CancelledError)
    case 'cancelled':
      return error instanceof CancelledError
    case 'timeout':
      return error instanceof TimeoutError
  }
}
