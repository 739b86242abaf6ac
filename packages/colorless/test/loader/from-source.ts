// Has a program find plait and plait-colorless as they stand in their sources, wherever it is and whatever was built.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { shareOwnKernel } from '../../../plait/src/executors/worker/own-kernel.ts'

shareOwnKernel()
registerHooks({
  resolve(specifier, context, next) {
    const [, name] = /^plait-colorless(?:\/(.+))?$/.exec(specifier) ?? []
    const url = new URL(`../../src/${name ?? 'index'}.ts`, import.meta.url)
    const isOurs = specifier.startsWith('plait-colorless') && existsSync(fileURLToPath(url))
    return isOurs
      ? { url: url.href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context)
  },
})
