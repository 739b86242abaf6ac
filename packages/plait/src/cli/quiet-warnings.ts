/** What Node warns of and this command does on purpose: running TypeScript, and modules in a folder without a package. */
function isOnPurpose(warning: Error & { code?: unknown }): boolean {
  return (
    warning.code === 'MODULE_TYPELESS_PACKAGE_JSON' ||
    (warning.name === 'ExperimentalWarning' && /type stripping/i.test(warning.message))
  )
}

/** Keeps those two from the first program that somebody runs in an empty folder; all other warnings are told. */
export function quietWarnings(): void {
  const listeners = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', warning => {
    if (!isOnPurpose(warning)) for (const listener of listeners) listener.call(process, warning)
  })
}
