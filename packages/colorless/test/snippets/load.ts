import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as twins from '../../../plait/src/twins.ts'
import { type Snippet, textOf } from './snippet.ts'

/** What the transform does: told here, so that the programs can be tried with others. */
export type Transform = (
  source: string,
  options: { filename: string; format: 'module' | 'commonjs'; runtime: string },
) => { readonly code: string }

/** The function that every program exports. */
export type Main = (log: (...values: unknown[]) => void, pause: () => void) => unknown

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/', import.meta.url))

/** A folder for programs, under the repository's own modules, so that bare imports mean in it what they mean here. */
export class Folder {
  readonly #path: string
  readonly #runtime: string
  #programs = 0

  constructor() {
    mkdirSync(CACHE, { recursive: true })
    this.#path = mkdtempSync(join(CACHE, 'plait-snippets-'))
    this.#runtime = join(this.#path, 'runtime.mjs')
    const forcing = fileURLToPath(new URL('./forcing.ts', import.meta.url))
    const names = Object.keys(twins).join(', ')
    writeFileSync(
      this.#runtime,
      `import { forcedTwins } from ${JSON.stringify(relative(this.#path, forcing))}\nexport const { ${names} } = forcedTwins\n`,
    )
  }

  /** The `main` of a fresh instance of a program, transformed if by something. */
  async load(snippet: Snippet, transform: Transform | undefined): Promise<Main> {
    this.#programs += 1
    const folder = join(this.#path, String(this.#programs))
    mkdirSync(folder)
    const isModule = snippet.format !== 'commonjs'
    const entry = isModule ? 'program.mjs' : 'program.cjs'
    for (const [name, source] of Object.entries({ ...snippet.files, [entry]: textOf(snippet) })) {
      const file = join(folder, name)
      writeFileSync(file, transform === undefined ? source : this.#transformed(file, source, transform))
    }
    const file = join(folder, entry)
    const loaded = isModule ? await import(pathToFileURL(file).href) : createRequire(file)(file)
    return (loaded as { main: Main }).main
  }

  remove(): void {
    rmSync(this.#path, { recursive: true, force: true })
  }

  #transformed(file: string, source: string, transform: Transform): string {
    const format = file.endsWith('.cjs') ? 'commonjs' : 'module'
    return transform(source, { filename: file, format, runtime: relative(dirname(file), this.#runtime) }).code
  }
}
