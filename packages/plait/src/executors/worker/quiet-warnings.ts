/**
 * What Node warns of and is done here on purpose: running TypeScript, modules in a folder without a package, and imports in
 * a function that came as its source.
 */
function isOnPurpose(warning: Error & { code?: unknown }): boolean {
  return (
    warning.code === 'MODULE_TYPELESS_PACKAGE_JSON' ||
    (warning.name === 'ExperimentalWarning' && /type stripping|DEFAULT_LOADER/i.test(warning.message))
  )
}

/** Keeps those from the first program that somebody runs in an empty folder; all other warnings are told. */
export function quietWarnings(): void {
  const listeners = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', warning => {
    if (!isOnPurpose(warning)) for (const listener of listeners) listener.call(process, warning)
  })
}
