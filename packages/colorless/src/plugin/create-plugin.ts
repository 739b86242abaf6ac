import { join } from 'node:path'
import {
  createUnplugin,
  type UnpluginContextMeta,
  type UnpluginInstance,
  type UnpluginOptions,
} from 'unplugin'
import { Selection } from '../loader/selection.ts'
import { matcher } from '../patterns.ts'
import { findRuntime, RUNTIME, RUNTIME_MODULE } from './find-runtime.ts'
import { checkPluginOptions, type PluginOptions } from './plugin-options.ts'
import { fileOf, transformFile } from './transform-file.ts'

/** What rollup and those like it let a plugin ask: how they would find a module. */
interface Resolving {
  resolve?(specifier: string, importer: string): Promise<{ id: string; external?: boolean } | null>
}

/** Those that have made JavaScript of a file before a plugin that comes last gets it. */
const COMPILE_FIRST: readonly string[] = ['vite', 'rollup', 'webpack', 'rspack']

/** The same plugin for every bundler. */
export const plugin: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin(create)

function create(options: PluginOptions = {}, meta: UnpluginContextMeta): UnpluginOptions {
  checkPluginOptions(options)
  const files = new Files(options)
  const isCompiled = COMPILE_FIRST.includes(meta.framework)
  return {
    name: 'plait-colorless',
    enforce: 'post',
    transformInclude: id => {
      const path = fileOf(id)
      return path !== undefined && files.includes(path)
    },
    transform(code, id) {
      const path = fileOf(id) ?? id
      return transformFile(code, path, isCompiled, files.isEntry(path), options.assume)
    },
    ...runtimeOf(meta.framework, files),
    vite: {
      // What is transformed must not be bundled beforehand, without us.
      config: () => ({ optimizeDeps: { exclude: [...(options.packages ?? [])] } }),
      configResolved: ({ root }) => files.startFrom(root),
    },
    webpack: compiler => files.startFrom(compiler.context),
  }
}

/** Which files are meant; their paths start from the folder that the bundler works in. */
class Files {
  readonly #options: PluginOptions
  #root = ''
  #selection: Selection | undefined
  #isEntry: (path: string) => boolean = () => false

  constructor(options: PluginOptions) {
    this.#options = options
    this.startFrom(process.cwd())
  }

  get root(): string {
    return this.#root
  }

  startFrom(root: string): void {
    const { packages = [], exclude = [], entry = [] } = this.#options
    this.#root = root
    this.#selection = new Selection({ root, packages, exclude, assume: {} })
    this.#isEntry = matcher(entry, root)
  }

  includes(path: string): boolean {
    return this.#selection?.includes(path) === true
  }

  isEntry(path: string): boolean {
    return this.#isEntry(path)
  }
}

/** How the runtime is found: as the bundler finds everything else, so that it is the plait that the program imports. */
function runtimeOf(framework: string, files: Files): Partial<UnpluginOptions> {
  if (framework === 'esbuild')
    return {
      esbuild: {
        setup(build) {
          files.startFrom(build.initialOptions.absWorkingDir ?? process.cwd())
          build.onResolve({ filter: new RegExp(`^${RUNTIME}$`) }, async () => {
            const options = { kind: 'import-statement', resolveDir: files.root } as const
            const found = await build.resolve(RUNTIME_MODULE, options)
            return found.errors.length === 0 ? found : { path: findRuntime(files.root) }
          })
        },
      },
    }
  return {
    async resolveId(id) {
      if (id !== RUNTIME) return null
      const found = await (this as Resolving).resolve?.(RUNTIME_MODULE, join(files.root, 'package.json'))
      return found ?? findRuntime(files.root)
    },
  }
}
