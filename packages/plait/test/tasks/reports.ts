import { type Body, type ExceptionContext, getEventLoop, isCancelled } from '../../src/index.ts'
import { runVirtual } from '../../src/testing.ts'

/** Runs a program and gives everything its loop reported, at its end included. */
export async function reports(
  body: Body<[], unknown>,
  options: { debug?: boolean; slowStepMs?: number } = {},
): Promise<ExceptionContext[]> {
  const told: ExceptionContext[] = []
  const program = runVirtual<unknown>(() => {
    getEventLoop().setExceptionHandler((_loop, context) => told.push(context))
    return body()
  }, options)
  await program.catch(error => {
    if (!isCancelled(error)) throw error
  })
  return told
}
