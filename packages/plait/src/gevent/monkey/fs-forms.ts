import type { AnyFunction } from '../../coroutine/twin.ts'
import { type Begin, calledBack, type Form } from './cooperative.ts'

type Fs = typeof import('node:fs')
type Options = Readonly<Record<string, unknown>>

/** How many arguments each takes that has an asynchronous form of the same ones. */
const ARITIES: Readonly<Record<string, number>> = {
  access: 2,
  appendFile: 3,
  chmod: 2,
  chown: 3,
  close: 1,
  copyFile: 3,
  cp: 3,
  fchmod: 2,
  fchown: 3,
  fdatasync: 1,
  fstat: 2,
  fsync: 1,
  ftruncate: 2,
  futimes: 3,
  glob: 2,
  lchmod: 2,
  lchown: 3,
  link: 2,
  lstat: 2,
  lutimes: 3,
  mkdir: 2,
  mkdtemp: 2,
  open: 3,
  opendir: 2,
  readFile: 2,
  readdir: 2,
  readlink: 2,
  readv: 3,
  realpath: 2,
  rename: 2,
  rm: 2,
  rmdir: 2,
  stat: 2,
  statfs: 2,
  symlink: 3,
  truncate: 2,
  unlink: 1,
  utimes: 3,
  writeFile: 3,
  writev: 3,
}

/** The forms of the blocking functions of `fs`, by their names. */
export function fsForms(fs: Fs): Record<string, Form> {
  const functions = fs as unknown as Record<string, AnyFunction>
  const forms: Record<string, Form> = {}
  for (const [name, arity] of Object.entries(ARITIES)) {
    const asynchronous = functions[name]
    if (asynchronous !== undefined) forms[`${name}Sync`] = { begin: calledBack(asynchronous, arity) }
  }
  const begin = (name: string): Begin => (forms[`${name}Sync`] as Form).begin
  return {
    ...forms,
    'realpathSync.native': { begin: calledBack(fs.realpath.native as AnyFunction, 2) },
    statSync: { begin: orUndefined(begin('stat')) },
    lstatSync: { begin: orUndefined(begin('lstat')) },
    existsSync: {
      begin: (self, [path], done) => begin('access')(self, [path], error => done(null, error === null)),
    },
    readSync: { begin: reading(fs) },
    writeSync: { begin: writing(fs) },
    readFileSync: {
      begin: unsignalled(begin('readFile'), 1),
      // Of a descriptor that is none the asynchronous form stumbles over a mistake of its own.
      isSaidOtherwise: (error, [file]) => typeof file === 'number' && error instanceof TypeError,
    },
    writeFileSync: { begin: unsignalled(begin('writeFile'), 2) },
    appendFileSync: { begin: unsignalled(begin('appendFile'), 2) },
    mkdtempSync: { begin: begin('mkdtemp'), isSaidOtherwise: () => true },
    cpSync: { begin: begin('cp'), isSaidOtherwise: isRefusedCopy },
    openSync: {
      begin: putAway(begin('open'), file => fs.close(file as number, () => {})),
    },
    opendirSync: {
      begin: putAway(begin('opendir'), dir => (dir as import('node:fs').Dir).close(() => {})),
      isPlain: ([, options]) => !hasRoom(options),
      isSaidOtherwise: () => true,
    },
    'Dir.prototype.readSync': { begin: calledBack(fs.Dir.prototype.read as AnyFunction, 0) },
    'Dir.prototype.closeSync': { begin: calledBack(fs.Dir.prototype.close as AnyFunction, 0) },
  }
}

/** `throwIfNoEntry: false`, which not every asynchronous form knows. */
function orUndefined(begin: Begin): Begin {
  return (self, args, done) =>
    begin(self, args, (error, value) => {
      const isExpected =
        (args[1] as Options | undefined)?.throwIfNoEntry === false &&
        (error as { code?: unknown } | null)?.code === 'ENOENT'
      if (isExpected) done(null, undefined)
      else done(error, value)
    })
}

/** A signal among the options, which the blocking function pays no heed to. */
function unsignalled(begin: Begin, at: number): Begin {
  return (self, args, done) => {
    const options = args[at]
    if (typeof options !== 'object' || options === null || !('signal' in options)) {
      return begin(self, args, done)
    }
    const heeded = [...args]
    heeded[at] = { ...options, signal: undefined }
    return begin(self, heeded, done)
  }
}

/** What is opened when nobody waits for it any more is closed. */
function putAway(begin: Begin, late: (value: unknown) => void): Begin {
  return (self, args, done) => {
    begin(self, args, done)
    return { late }
  }
}

/** A buffer for no entry is refused by the asynchronous form too late, where nobody can catch it. */
function hasRoom(options: unknown): boolean {
  if (typeof options !== 'object' || options === null) return true
  const { bufferSize } = options as Options
  return bufferSize === undefined || (Number.isInteger(bufferSize) && (bufferSize as number) > 0)
}

/** The arguments go by their number, and the asynchronous form counts the callback. */
function reading({ read }: Fs): Begin {
  return (_self, args, done) => {
    const [file, buffer, options] = args
    const call = read as unknown as (...args: unknown[]) => void
    if (args.length > 3 && (typeof options !== 'object' || options === null)) {
      call(file, buffer, options, args[3], args[4] ?? null, done)
    } else call(file, buffer, options ?? {}, done)
    return undefined
  }
}

function writing({ write }: Fs): Begin {
  return (_self, args, done) => {
    const [file, data, second, third] = args
    const call = write as unknown as (...args: unknown[]) => void
    if (typeof data === 'string') call(file, data, second ?? null, third ?? 'utf8', done)
    else call(file, ...args.slice(1, 5), done)
    return undefined
  }
}

/**
 * A copy refuses a file, or fails, in other words; done over by the blocking function it fails at the same one. But for a
 * tree of which every file has to be new: the first copy of each would stand in the way of the second.
 */
function isRefusedCopy(_error: unknown, [, , options]: readonly unknown[]): boolean {
  const { recursive, errorOnExist, force } = (options ?? {}) as Options
  return !(recursive === true && errorOnExist === true && force === false)
}
