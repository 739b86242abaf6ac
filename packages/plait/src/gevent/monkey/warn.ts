/** Tells the program, by a warning of the process, what patching has found that is not as it looks. */
export function warn(code: string, message: string): void {
  const { process } = globalThis as { process?: { emitWarning?: NodeJS.Process['emitWarning'] } }
  const options = { type: 'MonkeyPatchWarning', code }
  if (process?.emitWarning === undefined) console.warn(`${options.type}: ${message}`)
  else process.emitWarning(message, options)
}
