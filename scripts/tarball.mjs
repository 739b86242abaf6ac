// What a tarball of ours must hold, and nothing else.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './runtime.mjs'

/** Compares the files of a package's tarball with those that are wanted; beside them there may be parts of the build. */
export function checkTarball(packageFolder, files, wanted) {
  const missing = wanted.filter(file => !files.includes(file))
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`)
  const stray = files.filter(
    file => !wanted.includes(file) && !/^dist\/.*\.(js|js\.map|d\.ts|d\.ts\.map)$/.test(file),
  )
  if (stray.length > 0) throw new Error(`not for users: ${stray.join(', ')}`)
  const license = readFileSync(join(packageFolder, 'LICENSE'), 'utf8')
  if (license !== readFileSync(join(root, 'LICENSE'), 'utf8'))
    throw new Error('its LICENSE is not that of the project')
  return `${files.length} files`
}
