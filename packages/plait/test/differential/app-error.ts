import {
  CancelledError,
  ExceptionGroup,
  InvalidStateError,
  MisuseError,
  TimeoutError,
} from '../../src/index.ts'
import type { CatchKind } from './program.ts'

/** What programs raise. */
export class AppError extends Error {}

/** An error as both sides write it: its kind, then its message or its parts. */
export function describe(error: unknown): readonly unknown[] {
  if (error instanceof ExceptionGroup) return ['Group', error.errors.map(describe)]
  if (error instanceof CancelledError) return ['Cancelled', error.reason ?? null]
  if (error instanceof AppError) return ['App', error.message]
  if (error instanceof TimeoutError) return ['Timeout']
  if (error instanceof InvalidStateError) return ['InvalidState']
  if (error instanceof MisuseError) return ['Misuse']
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
