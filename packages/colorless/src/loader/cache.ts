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
import { threadId } from 'node:worker_threads'

const OFF = 'PLAIT_COLORLESS_CACHE'
const HEAD = /^\/\*plait-colorless (\w+) (\w+)\*\/\n/

/**
 * Keeps what files became, so that a program starts as fast the second time as if nothing had been done to it. There is one
 * file for each file of the program and way of transforming it, which says at its head what it was made of and a sum of
 * what follows: anything else than that is as good as absent, and is made again.
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
   * The result for a text, made if it is not there.
   *
   * @param name tells results for the same file apart
   */
  get(name: string, text: string, make: () => string): string {
    if (this.#folder === undefined) return make()
    const file = join(this.#folder, `${sum(name).slice(0, 32)}.js`)
    const key = sum(`${this.#state}\0${name}\0${text}`)
    const kept = read(file, key)
    if (kept !== undefined) return kept
    const made = make()
    write(file, `/*plait-colorless ${key} ${sum(made)}*/\n${made}`)
    return made
  }
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
  const [head, of, told] = HEAD.exec(text) ?? []
  if (head === undefined || of !== key) return undefined
  const kept = text.slice(head.length)
  return sum(kept) === told ? kept : undefined
}

/** Written aside and moved into place: whoever reads meets all of it or nothing. Without it the next start is slower, no more. */
function write(file: string, text: string): void {
  const aside = `${file}.${process.pid}.${threadId}`
  try {
    writeFileSync(aside, text)
    renameSync(aside, file)
  } catch {
    rmSync(aside, { force: true })
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
