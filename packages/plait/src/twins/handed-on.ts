import { S } from './enter.ts'

/*
 * What a delegation tells whoever steps the generator it stands in, besides the result that the engine's `yield*` hands on.
 */

/** The result that a delegation handed on last, as its iterator gave it. The engine reads it, and nobody else may. */
export const handedOn: { result: unknown } = { result: undefined }

/** What a delegation gives that has suspended. */
export const SUSPENSION: IteratorYieldResult<unknown> = Object.freeze({ done: false, value: S })

/** The same, in a `return`: whoever resumes the generator then has to do it by `return` too, or it would go on. */
export const RETURNING: IteratorYieldResult<unknown> = Object.freeze({ done: false, value: S })
