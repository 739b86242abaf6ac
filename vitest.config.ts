import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { transform } from './packages/colorless/src/transform/transform.ts'

/** What transformed tests take their runtime from: the sources, as the tests do. */
const runtime = fileURLToPath(new URL('packages/plait/src/twins.ts', import.meta.url))

/** Lets the colorless transform have tests of plain functions that wait, and what these share. */
const plain: Plugin = {
  name: 'plain tests',
  enforce: 'pre',
  transform(code, id) {
    if (!/\.plain(\.test)?\.ts$/.test(id)) return undefined
    return transform(stripTypeScriptTypes(code), { filename: id, format: 'module', runtime })
  },
}

export default defineConfig({
  plugins: [plain],
  test: {
    include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
