import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { threadId } from 'node:worker_threads'

const OFF = 'PLAIT_COLORLESS_CACHE'
const HEAD = /^\/\*plait-colorless (\w+) (\w+) (\d+)\*\/\n/

/** What a file became: code, and the source map that belongs to it. */
export interface Made {
  readonly code: string
  readonly map: string
}

/**
 * Keeps what files became, so that a program starts as fast the second time as if nothing had been done to it. There is one
 * file for each file of the program and way of transforming it, which says at its head what it was made of, and sums of
 * what belongs to it: anything else than that is as good as absent, and is made again. Its map lies beside it, since in the
 * code itself it would have to be read whenever that is (a program of 100 modules starts in 450 ms in place of 720).
 */
export class Cache {
  readonly #folder: string | undefined
  readonly #state: string

  /**
   * @param root the folder of the program
   * @param state all that a result depends on besides the text
   */
  constructor(root: string, state: string) {
    this.#folder = process.env[OFF] === '0' ? undefined : folderFor(root)
    this.#state = state
  }

  /**
   * The code for a text, made if it is not there, with the comment that leads to its map.
   *
   * @param name tells results for the same file apart
   */
  get(name: string, text: string, make: () => Made): string {
    if (this.#folder === undefined) return withMapInside(make())
    const file = join(this.#folder, `${sum(name).slice(0, 32)}.js`)
    const key = sum(`${this.#state}\0${name}\0${text}`)
    return read(file, key) ?? this.#keep(file, key, make())
  }

  #keep(file: string, key: string, made: Made): string {
    // By its path: Node takes a URL of a file for one that it does not know.
    const code = `${made.code}\n//# sourceMappingURL=${pathToFileURL(`${file}.map`).pathname}\n`
    const head = `/*plait-colorless ${key} ${sum(code)} ${Buffer.byteLength(made.map)}*/\n`
    const isKept = write(`${file}.map`, made.map) && write(file, head + code)
    return isKept ? code : withMapInside(made)
  }
}

function withMapInside({ code, map }: Made): string {
  const encoded = Buffer.from(map).toString('base64')
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`
}

function sum(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function read(file: string, key: string): string | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
  const [head, of, told, mapSize] = HEAD.exec(text) ?? []
  if (head === undefined || of !== key) return undefined
  const code = text.slice(head.length)
  const isWhole =
    sum(code) === told && statSync(`${file}.map`, { throwIfNoEntry: false })?.size === Number(mapSize)
  return isWhole ? code : undefined
}

/** Written aside and moved into place: whoever reads meets all of it or nothing. Without it the next start is slower, no more. */
function write(file: string, text: string): boolean {
  const aside = `${file}.${process.pid}.${threadId}`
  try {
    writeFileSync(aside, text)
    renameSync(aside, file)
    return true
  } catch {
    rmSync(aside, { force: true })
    return false
  }
}

/** Beside what the program has installed, or, where nothing can be written, in a temporary folder that only we may write to. */
function folderFor(root: string): string | undefined {
  const modules = nearestModules(root)
  const beside = modules === undefined ? undefined : made(join(modules, '.cache/plait-colorless'))
  return beside ?? made(join(tmpdir(), `plait-colorless-${process.getuid?.() ?? 'user'}`))
}

function nearestModules(root: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules')
    if (statSync(modules, { throwIfNoEntry: false })?.isDirectory()) return modules
    if (dirname(folder) === folder) return undefined
  }
}

/** What is in the cache is run: a folder that somebody else may write to is none for it. */
function made(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    const { uid, mode } = statSync(folder)
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
    return isOurs ? folder : undefined
  } catch {
    return undefined
  }
}
