import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { patchFs } from '../../../src/gevent/monkey.ts'
import { blocking, inGreenlet, told } from './both-ways.ts'
import { snapshot } from './snapshot.ts'

const NO_FILE = 9999

let place: string
let count = 0

beforeAll(() => {
  place = fs.mkdtempSync(join(tmpdir(), 'plait-fs-'))
  patchFs()
})

afterAll(() => fs.rmSync(place, { recursive: true }))

/** A directory with something of each kind in it. */
function furnished(): string {
  count += 1
  const dir = join(place, String(count))
  fs.mkdirSync(join(dir, 'dir', 'sub'), { recursive: true })
  fs.writeFileSync(join(dir, 'a'), 'hello')
  fs.writeFileSync(join(dir, 'dir', 'x'), 'one')
  fs.writeFileSync(join(dir, 'dir', 'sub', 'y'), 'two')
  fs.mkdirSync(join(dir, 'empty'))
  fs.symlinkSync('a', join(dir, 'link'))
  fs.symlinkSync('loop', join(dir, 'loop'))
  return dir
}

function opened(file: string, flags: string, use: (fd: number) => unknown): unknown {
  const fd = fs.openSync(file, flags)
  try {
    return use(fd)
  } finally {
    fs.closeSync(fd)
  }
}

function kept(dir: fs.Dir): unknown {
  const names: string[] = []
  for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) {
    names.push(`${entry.name} ${entry.isDirectory()} ${entry.constructor.name}`)
  }
  dir.closeSync()
  return names.toSorted()
}

const read = (fd: number, ...args: unknown[]): unknown => {
  const bytes = Buffer.alloc(4, '.')
  const count = (fs.readSync as (...args: unknown[]) => number)(fd, bytes, ...args)
  return [count, bytes.toString()]
}

type Call = (d: string) => unknown
const loosely = fs as unknown as Record<string, (...args: unknown[]) => unknown>

/** Each is made twice, outside of any greenlet and in one, in directories that are alike. */
const calls: Record<string, readonly Call[]> = {
  readFileSync: [
    d => fs.readFileSync(`${d}/a`),
    d => fs.readFileSync(`${d}/a`, 'utf8'),
    d => fs.readFileSync(`${d}/a`, { encoding: 'base64', flag: 'r' }),
    d => fs.readFileSync(pathToFileURL(`${d}/a`), 'utf8'),
    d => fs.readFileSync(Buffer.from(`${d}/a`), 'utf8'),
    d => opened(`${d}/a`, 'r', fd => [read(fd, 0, 2), fs.readFileSync(fd, 'utf8')]),
    d => loosely.readFileSync?.(`${d}/a`, { signal: AbortSignal.abort() }),
    d => loosely.readFileSync?.(`${d}/a`, null, 5),
    () => fs.readFileSync('/proc/self/mounts').length > 0,
    d => fs.readFileSync(`${d}/dir`),
    d => fs.readFileSync(`${d}/none`),
    d => fs.readFileSync(`${d}/a/b`),
    d => fs.readFileSync(`${d}/loop`),
    d => fs.readFileSync(`${d}/new`, { flag: 'w' }),
    () => fs.readFileSync(NO_FILE),
    () => fs.readFileSync('a\0b'),
    () => fs.readFileSync(5.5),
    d => fs.readFileSync(`${d}/a`, 'no encoding' as BufferEncoding),
    () => loosely.readFileSync?.(),
  ],
  writeFileSync: [
    d => fs.writeFileSync(`${d}/new`, 'text'),
    d => fs.writeFileSync(`${d}/new`, Buffer.from('bytes'), { mode: 0o600, flush: true }),
    d => fs.writeFileSync(`${d}/a`, '6869', 'hex'),
    d => fs.writeFileSync(`${d}/a`, 'x', { flag: 'a' }),
    d => opened(`${d}/a`, 'r+', fd => fs.writeFileSync(fd, 'J')),
    d => loosely.writeFileSync?.(`${d}/a`, 'x', { signal: AbortSignal.abort() }),
    d => fs.writeFileSync(`${d}/dir`, 'x'),
    d => fs.writeFileSync(`${d}/no/where`, 'x'),
    d => fs.writeFileSync(`${d}/a`, 'x', { flag: 'wx' }),
    d => loosely.writeFileSync?.(`${d}/a`, 5),
    () => fs.writeFileSync(NO_FILE, 'x'),
  ],
  appendFileSync: [
    d => fs.appendFileSync(`${d}/a`, ' there'),
    d => fs.appendFileSync(`${d}/new`, 'x', { mode: 0o640 }),
    d => fs.appendFileSync(`${d}/dir`, 'x'),
    () => fs.appendFileSync(NO_FILE, 'x'),
    d => loosely.appendFileSync?.(`${d}/a`, {}),
  ],
  openSync: [
    d => opened(`${d}/a`, 'r', fd => typeof fd),
    d => opened(`${d}/new`, 'w', fd => fs.fstatSync(fd).size),
    d => {
      const fd = fs.openSync(`${d}/new`, 'wx', 0o600)
      fs.closeSync(fd)
    },
    d => loosely.openSync?.(`${d}/none`),
    d => fs.openSync(`${d}/dir`, 'w'),
    d => fs.openSync(`${d}/a`, 'nonsense'),
    d => fs.openSync(`${d}/new`, 'w', 'nonsense'),
  ],
  closeSync: [() => fs.closeSync(NO_FILE), () => fs.closeSync(-1), () => loosely.closeSync?.('1')],
  readSync: [
    d => opened(`${d}/a`, 'r', fd => read(fd)),
    d => opened(`${d}/a`, 'r', fd => [read(fd, 1, 2, null), read(fd, 0, 2)]),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 2, 3)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 2, 3n)),
    d => opened(`${d}/a`, 'r', fd => read(fd, { position: 2, offset: 1 })),
    d => opened(`${d}/a`, 'r', fd => read(fd, undefined)),
    d => opened(`${d}/a`, 'r', fd => read(fd, null)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 1)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 99)),
    d => opened(`${d}/a`, 'r', fd => read(fd, 0, 2, 77)),
    d => opened(`${d}/new`, 'w', fd => read(fd)),
    d => opened(`${d}/dir`, 'r', fd => read(fd)),
    () => read(NO_FILE),
    () => loosely.readSync?.(0, 'no buffer'),
  ],
  writeSync: [
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, 'HE')),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, 'L', 2)),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, '4c4c', 2, 'hex')),
    d =>
      opened(`${d}/a`, 'r+', fd => [fs.writeSync(fd, 'H', null), fs.writeSync(fd, 'E', undefined, 'utf8')]),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'))),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'), 1)),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'), 1, 1, 4)),
    d =>
      opened(`${d}/a`, 'r+', fd => loosely.writeSync?.(fd, Buffer.from('abc'), { offset: 1, position: 3 })),
    d => opened(`${d}/a`, 'r+', fd => fs.writeSync(fd, Buffer.from('abc'), 1, 99)),
    d => opened(`${d}/a`, 'r', fd => fs.writeSync(fd, 'x')),
    () => fs.writeSync(NO_FILE, 'x'),
    () => fs.writeSync(NO_FILE, Buffer.from('x')),
    () => loosely.writeSync?.(1, {}),
    () => loosely.writeSync?.(NO_FILE, 'xyz', null, 'hex'),
  ],
  readvSync: [
    d =>
      opened(`${d}/a`, 'r', fd => {
        const parts = [Buffer.alloc(2), Buffer.alloc(2)]
        return [fs.readvSync(fd, parts), fs.readvSync(fd, parts, 3), parts]
      }),
    () => fs.readvSync(NO_FILE, [Buffer.alloc(1)]),
    () => loosely.readvSync?.(0, 'x'),
  ],
  writevSync: [
    d => opened(`${d}/a`, 'r+', fd => fs.writevSync(fd, [Buffer.from('H'), Buffer.from('E')])),
    d => opened(`${d}/a`, 'r+', fd => fs.writevSync(fd, [Buffer.from('L')], 2)),
    () => fs.writevSync(NO_FILE, [Buffer.from('x')]),
  ],
  statSync: [
    d => fs.statSync(`${d}/a`).size,
    d => fs.statSync(`${d}/a`).constructor.name,
    d => fs.statSync(`${d}/link`).isFile(),
    d => typeof fs.statSync(`${d}/a`, { bigint: true }).size,
    d => fs.statSync(`${d}/none`, { throwIfNoEntry: false }),
    d => fs.statSync(`${d}/a/b`, { throwIfNoEntry: false }),
    d => fs.statSync(`${d}/none`),
    d => fs.statSync(`${d}/loop`),
    () => loosely.statSync?.({}),
  ],
  lstatSync: [
    d => fs.lstatSync(`${d}/link`).isSymbolicLink(),
    d => fs.lstatSync(`${d}/none`, { throwIfNoEntry: false }),
    d => fs.lstatSync(`${d}/none`),
    d => fs.lstatSync(`${d}/a/b`),
  ],
  fstatSync: [
    d => opened(`${d}/a`, 'r', fd => fs.fstatSync(fd, { bigint: true }).size),
    () => fs.fstatSync(NO_FILE),
    () => loosely.fstatSync?.('x'),
  ],
  statfsSync: [d => fs.statfsSync(d).type, d => fs.statfsSync(`${d}/none`)],
  existsSync: [
    d => fs.existsSync(`${d}/a`),
    d => fs.existsSync(`${d}/none`),
    d => fs.existsSync(`${d}/loop`),
    d => fs.existsSync(pathToFileURL(d)),
    () => fs.existsSync(''),
  ],
  accessSync: [
    d => fs.accessSync(`${d}/a`),
    d => fs.accessSync(`${d}/a`, fs.constants.R_OK),
    d => fs.accessSync(`${d}/none`),
    d => fs.accessSync(`${d}/a`, 77),
  ],
  readdirSync: [
    d => fs.readdirSync(d).toSorted(),
    d => fs.readdirSync(`${d}/dir`, 'buffer').length,
    d => fs.readdirSync(d, { recursive: true }).toSorted(),
    d =>
      fs
        .readdirSync(d, { withFileTypes: true, recursive: true })
        .map(entry => `${entry.parentPath} ${entry.name} ${entry.isDirectory()} ${entry.constructor.name}`)
        .toSorted(),
    d => fs.readdirSync(`${d}/empty`),
    d => fs.readdirSync(`${d}/none`),
    d => fs.readdirSync(`${d}/none`, { recursive: true }),
    d => fs.readdirSync(`${d}/a`),
    d => fs.readdirSync(`${d}/a`, { withFileTypes: true, recursive: true }),
    d => loosely.readdirSync?.(d, { recursive: 'yes' }),
  ],
  opendirSync: [
    d => kept(fs.opendirSync(d)),
    d => kept(fs.opendirSync(d, { recursive: true, bufferSize: 1 })),
    d => {
      const dir = fs.opendirSync(d)
      dir.closeSync()
      return blocking(() => dir.readSync()).error ?? 'read'
    },
    d => {
      const dir = fs.opendirSync(d)
      dir.closeSync()
      dir.closeSync()
    },
    d => fs.opendirSync(`${d}/none`),
    d => fs.opendirSync(`${d}/a`),
    d => fs.opendirSync(d, { bufferSize: -1 }),
  ],
  mkdirSync: [
    d => fs.mkdirSync(`${d}/new`),
    d => fs.mkdirSync(`${d}/new`, 0o700),
    d => fs.mkdirSync(`${d}/new/and/deep`, { recursive: true }),
    d => fs.mkdirSync(`${d}/dir/sub`, { recursive: true }),
    d => fs.mkdirSync(`${d}/dir`),
    d => fs.mkdirSync(`${d}/a/b/c`, { recursive: true }),
    d => fs.mkdirSync(`${d}/a`, { recursive: true }),
    d => fs.mkdirSync(`${d}/no/where`),
    d => loosely.mkdirSync?.(`${d}/new`, { recursive: 5 }),
  ],
  mkdtempSync: [
    d => fs.mkdtempSync(`${d}/new-`).length,
    d => fs.mkdtempSync(`${d}/no/where-`),
    () => loosely.mkdtempSync?.(5),
  ],
  rmSync: [
    d => fs.rmSync(`${d}/a`),
    d => fs.rmSync(`${d}/dir`, { recursive: true }),
    d => fs.rmSync(`${d}/none`, { force: true }),
    d => fs.rmSync(`${d}/link`),
    d => fs.rmSync(`${d}/none`),
    d => fs.rmSync(`${d}/none`, { recursive: true }),
    d => fs.rmSync(`${d}/dir`),
    d => fs.rmSync(`${d}/a/b`),
    d => loosely.rmSync?.(`${d}/a`, { maxRetries: -1 }),
    () => loosely.rmSync?.(5),
  ],
  rmdirSync: [
    d => fs.rmdirSync(`${d}/empty`),
    d => fs.rmdirSync(`${d}/dir`),
    d => fs.rmdirSync(`${d}/a`),
    d => fs.rmdirSync(`${d}/none`),
  ],
  unlinkSync: [
    d => fs.unlinkSync(`${d}/link`),
    d => fs.unlinkSync(`${d}/dir`),
    d => fs.unlinkSync(`${d}/none`),
  ],
  renameSync: [
    d => fs.renameSync(`${d}/a`, `${d}/b`),
    d => fs.renameSync(`${d}/none`, `${d}/b`),
    d => fs.renameSync(`${d}/a`, `${d}/dir`),
    d => loosely.renameSync?.(`${d}/a`),
  ],
  copyFileSync: [
    d => fs.copyFileSync(`${d}/a`, `${d}/b`),
    d => fs.copyFileSync(`${d}/a`, `${d}/dir/x`),
    d => fs.copyFileSync(`${d}/a`, `${d}/dir/x`, fs.constants.COPYFILE_EXCL),
    d => fs.copyFileSync(`${d}/none`, `${d}/b`),
    d => fs.copyFileSync(`${d}/a`, `${d}/dir`),
    d => fs.copyFileSync(`${d}/a`, `${d}/b`, 77),
  ],
  cpSync: [
    d => fs.cpSync(`${d}/a`, `${d}/b`),
    d => fs.cpSync(`${d}/dir`, `${d}/new`, { recursive: true }),
    d => fs.cpSync(`${d}/dir`, `${d}/new`, { recursive: true, filter: name => !name.endsWith('y') }),
    d => fs.cpSync(`${d}/link`, `${d}/b`),
    d => fs.cpSync(`${d}/a`, `${d}/dir/x`, { force: false }),
    d => fs.cpSync(`${d}/none`, `${d}/b`),
    d => fs.cpSync(`${d}/dir`, `${d}/new`),
    d => fs.cpSync(`${d}/a`, `${d}/dir`),
    d => fs.cpSync(`${d}/dir`, `${d}/a`, { recursive: true }),
    d => fs.cpSync(`${d}/dir`, `${d}/dir/sub/deep`, { recursive: true }),
    d => fs.cpSync(`${d}/a`, `${d}/a`),
    d => fs.cpSync(`${d}/link`, `${d}/a`),
    d => fs.cpSync(`${d}/a`, `${d}/a/b`),
    d => fs.cpSync(`${d}/a`, `${d}/dir/x`, { errorOnExist: true, force: false }),
    d => loosely.cpSync?.(`${d}/a`, `${d}/b`, { recursive: 5 }),
  ],
  symlinkSync: [
    d => fs.symlinkSync('a', `${d}/other`),
    d => fs.symlinkSync('dir', `${d}/other`, 'dir'),
    d => fs.symlinkSync('a', `${d}/link`),
    d => loosely.symlinkSync?.('a', `${d}/other`, 'nonsense'),
  ],
  linkSync: [d => fs.linkSync(`${d}/a`, `${d}/b`), d => fs.linkSync(`${d}/none`, `${d}/b`)],
  readlinkSync: [
    d => fs.readlinkSync(`${d}/link`),
    d => fs.readlinkSync(`${d}/link`, 'buffer'),
    d => fs.readlinkSync(`${d}/a`),
    d => fs.readlinkSync(`${d}/none`),
  ],
  realpathSync: [
    d => fs.realpathSync(`${d}/link`),
    d => fs.realpathSync(`${d}/dir/../link`, 'buffer'),
    d => fs.realpathSync(`${d}/none`),
    d => fs.realpathSync(`${d}/loop`),
    d => fs.realpathSync(`${d}/a/b`),
  ],
  'realpathSync.native': [
    d => fs.realpathSync.native(`${d}/link`),
    d => fs.realpathSync.native(`${d}/none`),
    d => fs.realpathSync.native(`${d}/loop`),
  ],
  chmodSync: [
    d => fs.chmodSync(`${d}/a`, 0o600),
    d => fs.chmodSync(`${d}/none`, '600'),
    d => fs.chmodSync(d, 'x'),
  ],
  fchmodSync: [
    d => opened(`${d}/a`, 'r', fd => fs.fchmodSync(fd, 0o600)),
    () => fs.fchmodSync(NO_FILE, 0o600),
  ],
  chownSync: [
    d => fs.chownSync(`${d}/a`, process.getuid?.() ?? 0, process.getgid?.() ?? 0),
    d => fs.chownSync(`${d}/none`, 1, 1),
    d => fs.chownSync(`${d}/a`, -5, 1),
  ],
  lchownSync: [d => fs.lchownSync(`${d}/none`, 1, 1)],
  fchownSync: [() => fs.fchownSync(NO_FILE, 1, 1)],
  utimesSync: [
    d => [fs.utimesSync(`${d}/a`, 5, 6), fs.statSync(`${d}/a`).mtimeMs],
    d => fs.utimesSync(`${d}/none`, 1, 1),
    d => loosely.utimesSync?.(`${d}/a`, 'never', 1),
  ],
  lutimesSync: [
    d => [fs.lutimesSync(`${d}/link`, 5, 6), fs.lstatSync(`${d}/link`).mtimeMs],
    d => fs.lutimesSync(`${d}/none`, 1, 1),
  ],
  futimesSync: [
    d => opened(`${d}/a`, 'r', fd => [fs.futimesSync(fd, 5, 6), fs.fstatSync(fd).mtimeMs]),
    () => fs.futimesSync(NO_FILE, 1, 1),
  ],
  truncateSync: [
    d => fs.truncateSync(`${d}/a`),
    d => fs.truncateSync(`${d}/a`, 2),
    d => fs.truncateSync(`${d}/none`, 2),
    d => fs.truncateSync(`${d}/dir`),
  ],
  ftruncateSync: [
    d => opened(`${d}/a`, 'r+', fd => fs.ftruncateSync(fd)),
    d => opened(`${d}/a`, 'r+', fd => fs.ftruncateSync(fd, 8)),
    d => opened(`${d}/a`, 'r', fd => fs.ftruncateSync(fd, 8)),
    () => fs.ftruncateSync(NO_FILE),
  ],
  fsyncSync: [d => opened(`${d}/a`, 'r+', fd => fs.fsyncSync(fd)), () => fs.fsyncSync(NO_FILE)],
  fdatasyncSync: [d => opened(`${d}/a`, 'r+', fd => fs.fdatasyncSync(fd)), () => fs.fdatasyncSync(NO_FILE)],
  globSync: [
    d => fs.globSync('*', { cwd: d }).toSorted(),
    d => fs.globSync(['**/x', 'a'], { cwd: d }).toSorted(),
    d => fs.globSync('**', { cwd: d, exclude: name => name === 'dir' }).toSorted(),
    d => fs.globSync('d*', { cwd: d, withFileTypes: true }).map(entry => entry.name),
    d => fs.globSync('*', { cwd: `${d}/none` }),
    () => loosely.globSync?.(5),
  ],
}

/** Refused before anything was begun: there is nothing to wait for. */
const REFUSED = /^ERR_(?:INVALID|OUT_OF_RANGE|UNKNOWN|FS_INVALID)/

describe.each(Object.keys(calls))('fs.%s gives and throws in a greenlet what it does elsewhere', name => {
  const list = (calls[name] ?? []).map((call, index) => [index + 1, call] as const)
  test.each(list)('call %i', async (_, call) => {
    const [here, there] = [furnished(), furnished()]
    const plain = blocking(() => call(here))
    const green = await inGreenlet(() => call(there))
    expect(told(green, [[there, 'D']])).toEqual(told(plain, [[here, 'D']]))
    expect(snapshot(there)).toEqual(snapshot(here))
    const { code } = (plain.error ?? {}) as { code?: string }
    if (!REFUSED.test(code ?? '')) expect(green.hasWaited).toBe(true)
  })
})

test('a path that can be none is none at once', async () => {
  expect(await inGreenlet(() => fs.existsSync('a\0b'))).toEqual({ value: false, hasWaited: false })
})

test('every blocking function of fs is compared that has an asynchronous form', () => {
  const missing = Object.keys(fs).filter(
    name => name.endsWith('Sync') && name.replace(/Sync$/, '') in fs && !(name in calls),
  )
  expect(missing.filter(name => name !== 'lchmodSync')).toEqual([])
})
