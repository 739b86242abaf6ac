/** The whole number that an argument of a command gives; else says so, and ends the process. */
export function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`--${name} takes a whole number and got ${text}`)
    process.exit(2)
  }
  return value
}
