import { runInThisContext } from 'node:vm'
import { MisuseError } from '../../src/errors/misuse-error.ts'
import { inlineSource } from '../../src/executors/inline-source.ts'

export type Fn = (...args: unknown[]) => unknown

/** A function as the engine makes it of the text of an expression: a transform of the test files would rename its names. */
export function sloppy(expression: string): Fn {
  return runInThisContext(`(${expression}\n)`) as Fn
}

/** As in a module. */
export function strict(expression: string): Fn {
  return runInThisContext(`'use strict'; (${expression}\n)`) as Fn
}

/** The error that refuses it as an inline function. */
export function refusal(fn: unknown): MisuseError {
  try {
    inlineSource(fn as Fn)
  } catch (error) {
    if (error instanceof MisuseError) return error
    throw error
  }
  throw new Error(`not refused: ${String(fn)}`)
}
